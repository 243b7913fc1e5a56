"use strict";

const loading = document.createElement("p");
loading.setAttribute("role", "status");
loading.textContent = "Loading the description of the API. The first time after a start, that takes some seconds.";
document.body.prepend(loading);

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
  onComplete: () => loading.remove(),
});
