# Two stages: one that installs and builds, one that runs, without pip, compiler or root.
FROM python:3.12-slim AS build
WORKDIR /app
RUN python -m venv .venv
COPY requirements.txt .
RUN .venv/bin/python -m pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt
COPY . .
RUN .venv/bin/python -m mobilisering.translations compile
RUN STATIC_ROOT=/app/static-built .ci/sample-env .venv/bin/python manage.py collectstatic --no-input

FROM python:3.12-slim
RUN useradd --system --uid 10001 --no-create-home portal
WORKDIR /app
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 STATIC_ROOT=/app/static-built
USER portal
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "-m", "mobilisering.health_check"]
CMD ["python", "-m", "gunicorn", "mobilisering.wsgi", "-b", "0.0.0.0:8000"]
