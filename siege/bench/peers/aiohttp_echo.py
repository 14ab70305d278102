"""What people write instead: aiohttp, with prometheus_client's counter and histogram updated on each request."""

import socket
import time

from aiohttp import web
from prometheus_client import Counter, Histogram, generate_latest

REQUESTS = Counter("app_requests_count", "Requests.", ["method", "code"])
DURATION = Histogram(
    "app_request_duration_seconds",
    "Their latency.",
    ["method"],
    buckets=(0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
INSTANCE = socket.gethostname()


async def echo(request):
    begin = time.perf_counter()
    answer = web.json_response(
        {"app_name": "echosounder", "method": request.method, "path": request.path, "instance": INSTANCE}
    )
    REQUESTS.labels(request.method, "200").inc()
    DURATION.labels(request.method).observe(time.perf_counter() - begin)
    return answer


async def metrics(request):
    return web.Response(body=generate_latest(), headers={"Content-Type": "text/plain; version=0.0.4"})


listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
print("listens on port", listener.getsockname()[1], flush=True)
app = web.Application()
app.router.add_get("/metrics", metrics)
app.router.add_route("*", "/{path:.*}", echo)
web.run_app(app, sock=listener, print=None, access_log=None)
