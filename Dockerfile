# The image of web, worker and beat alike: they differ in the command only (docker-compose.yml).

FROM node:24-slim AS front-end
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts
COPY static static
RUN npm run build

FROM python:3.12-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin probation
WORKDIR /app
COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt
COPY manage.py .
COPY templates templates
COPY staff staff
COPY cases cases
COPY grid grid
COPY unpaidwork unpaidwork
COPY ttg ttg
COPY oversight oversight
COPY probation probation
COPY --from=front-end /app/static/built static/built
# The settings want addresses; collecting files uses none of them.
RUN SECRET_KEY=unused DATABASE_URL=postgres://unused/unused REDIS_URL=redis://unused/0 \
    python manage.py collectstatic --no-input --verbosity 0
USER probation
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["python", "-m", "probation.health"]
CMD ["gunicorn", "probation.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
