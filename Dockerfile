# syntax=docker/dockerfile:1
# Dependencies come first, by their hashes: a change of the source does not fetch them again.
FROM python:3.11-slim-bookworm AS dependencies
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
# requirements-tracing.lock: with OpenTelemetry.
ARG LOCK=requirements.lock
COPY ${LOCK} /tmp/requirements.lock
RUN /opt/venv/bin/pip install --no-deps --require-hashes -r /tmp/requirements.lock

FROM python:3.11-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    LIAISON_HOST=0.0.0.0 \
    LIAISON_PORT=8080 \
    LIAISON_DATA_FOLDER=/data \
    LIAISON_LOG_FORMAT=json
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin liaison \
    && install --directory --owner=liaison --mode=0700 /data
COPY --from=dependencies /opt/venv /opt/venv
WORKDIR /app
COPY reporting reporting
COPY documents documents
COPY storage storage
COPY handlers handlers
COPY simulator simulator
COPY bot bot
USER liaison
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
