-- Each request has a path of its own: that of the URL with a number behind it.
dofile("siege/bench/wrk.lua")

local threads = 0

function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end

function init()
  number = id * 10000000
end

function request()
  number = number + 1
  return wrk.format(nil, wrk.path .. number)
end
