# coursepack with LibreOffice and the extra print. Build it with `docker build -t coursepack .`, then run
# `docker run --rm --network none -v "$PWD:/work" coursepack build course -o output`.
FROM python:3.11-slim-bookworm AS wheel
WORKDIR /source
COPY . .
RUN pip install --no-cache-dir build==1.3.0 && python -m build --wheel --outdir /wheels

FROM python:3.11-slim-bookworm
# LibreOffice reads .doc, .rtf, .ppt and .odp; PDFs of papers do not need it.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends libreoffice-writer libreoffice-calc libreoffice-impress libreoffice-math \
    && rm -rf /var/lib/apt/lists/*
COPY --from=wheel /wheels /wheels
COPY tests/constraints.txt /wheels/
# Without the extra heic, because its wheels contain a component under the GPL-2.0.
RUN pip install --no-cache-dir -c /wheels/constraints.txt "$(echo /wheels/*.whl)[print]" \
    && rm -r /wheels \
    && useradd --uid 1000 --create-home coursepack
USER 1000
WORKDIR /work
ENTRYPOINT ["coursepack"]
CMD ["--help"]
