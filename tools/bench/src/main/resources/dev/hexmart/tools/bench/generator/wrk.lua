-- Sends the requests of the file that REQUESTS names, in turn: method, path, header, its value, the accepted media type and the
-- body, with tabs between them.
local requests = {}
local at = 0

function init(args)
  for line in io.lines(os.getenv("REQUESTS")) do
    local method, path, header, value, accept, body =
      line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)$")
    local headers = { [header] = value, Accept = accept }
    if body == "" then
      body = nil
    else
      headers["Content-Type"] = "application/json"
    end
    requests[#requests + 1] = wrk.format(method, path, headers, body)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency, _)
  local errors = summary.errors
  io.write(string.format(
    "bench requests=%d us=%d connect=%d read=%d write=%d status=%d timeout=%d p50=%d p95=%d p99=%d p999=%d\n",
    summary.requests, summary.duration, errors.connect, errors.read, errors.write, errors.status, errors.timeout,
    latency:percentile(50), latency:percentile(95), latency:percentile(99), latency:percentile(99.9)))
end
