# Plain instructions only: the file also builds with buildah 1.28.
ARG PYTHON_VERSION=3.11

FROM python:${PYTHON_VERSION}-slim-bookworm AS builder
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /source
# Two environments: one only builds the wheel, the other is copied into the image and has no pip.
COPY requirements/runtime.txt requirements/build.txt requirements/
RUN python3 -m venv /opt/build \
 && /opt/build/bin/pip install --require-hashes -r requirements/build.txt \
 && python3 -m venv --without-pip /opt/afterword \
 && /opt/build/bin/pip --python /opt/afterword/bin/python install --require-hashes -r requirements/runtime.txt
COPY pyproject.toml README.md LICENSE ./
COPY app app
COPY migrations migrations
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /opt/wheels . \
 && /opt/build/bin/pip --python /opt/afterword/bin/python install --no-deps /opt/wheels/*.whl

FROM python:${PYTHON_VERSION}-slim-bookworm
RUN groupadd --gid 10001 afterword \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin afterword \
 && install --directory --mode 0700 --owner 10001 --group 10001 /data
COPY --from=builder /opt/afterword /opt/afterword
# pip has compiled every module, so a read-only root file system costs nothing at start.
ENV PATH=/opt/afterword/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
# http.client, because urllib would go through a proxy where the environment names one.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 \
    CMD ["python", "-I", "-c", "import http.client, sys; c = http.client.HTTPConnection('127.0.0.1', 8000, timeout=3); c.request('GET', '/healthz'); sys.exit(c.getresponse().status != 200)"]
ENTRYPOINT ["afterword"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
