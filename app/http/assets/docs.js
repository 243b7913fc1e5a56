"use strict";

SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  // The schemas are shown with each operation; the list of all of them stays folded.
  defaultModelsExpandDepth: 0,
  // Without this, the page would ask a public validator about every document that is not on localhost.
  validatorUrl: null,
});
