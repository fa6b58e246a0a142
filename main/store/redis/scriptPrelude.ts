// Lua that every counting script begins with: Redis' own clock, and reading that trusts no value it finds.

/** Seconds for which a bucket counts: sixty, and the one that has only begun. The same as the window of one process. */
export const minuteBuckets = 61;

/**
 * What the keys hold. `minute`: hash second -> "requests tokens". `leases`: sorted set call -> Unix ms until which it has a place.
 * `calls`: hash call -> "second tokens", the calls not settled yet. `day`: hash gateway -> "requests tokens microdollars" of its
 * settled calls, and `open` -> "requests tokens" of the calls not settled yet.
 */
export const scriptPrelude = `
local clock = redis.call('TIME')
local second = tonumber(clock[1])
local now = second * 1000 + math.floor(tonumber(clock[2]) / 1000)
local ignored = 0

local function mend(key, kind)
  local found = redis.call('TYPE', key).ok
  if found ~= kind and found ~= 'none' then
    redis.call('DEL', key)
    ignored = ignored + 1
  end
end

local function numbers(text, count)
  if #text > 60 then return nil end
  local found = {}
  for part in string.gmatch(text, '%S+') do
    if #found == count or #part > 12 or not string.match(part, '^%d+$') then return nil end
    found[#found + 1] = tonumber(part)
  end
  if #found < count then return nil end
  return found
end

local function written(values)
  local parts = {}
  for index, value in ipairs(values) do
    parts[index] = string.format('%.0f', math.min(math.max(value, 0), 999999999999))
  end
  return table.concat(parts, ' ')
end

local function drop(key, field)
  redis.call('HDEL', key, field)
  ignored = ignored + 1
end

local function readMinute(key)
  local minute = { requests = 0, tokens = 0, at = {} }
  local fields = redis.call('HGETALL', key)
  for index = 1, #fields, 2 do
    local at, use = numbers(fields[index], 1), numbers(fields[index + 1], 2)
    if not at or not use or at[1] > second + ${minuteBuckets} then
      drop(key, fields[index])
    elseif at[1] <= second - ${minuteBuckets} then
      redis.call('HDEL', key, fields[index])
    else
      minute.at[at[1]] = use
      minute.requests = minute.requests + use[1]
      minute.tokens = minute.tokens + use[2]
    end
  end
  return minute
end

local function addToMinute(key, minute, at, requests, tokens)
  if at <= second - ${minuteBuckets} then return end
  local use = minute.at[at] or { 0, 0 }
  use[1] = math.max(0, use[1] + requests)
  use[2] = math.max(0, use[2] + tokens)
  minute.at[at] = use
  redis.call('HSET', key, string.format('%.0f', at), written(use))
  redis.call('PEXPIRE', key, ${2 * minuteBuckets * 1000})
end

local function readDay(key, gateway, own, ttl)
  local day = { requests = 0, tokens = 0, micros = 0, open = { 0, 0 } }
  local before = nil
  local fields = redis.call('HGETALL', key)
  for index = 1, #fields, 2 do
    local field, value = fields[index], fields[index + 1]
    local settled = #field == 16 and string.match(field, '^%x+$') and numbers(value, 3)
    local open = field == 'open' and numbers(value, 2)
    if open then
      day.open = open
    elseif not settled then
      drop(key, field)
    elseif field == gateway then
      before = value
      for part = 1, 3 do own[part] = math.max(own[part], settled[part]) end
    else
      day.requests = day.requests + settled[1]
      day.tokens = day.tokens + settled[2]
      day.micros = day.micros + settled[3]
    end
  end
  local after = written(own)
  if after ~= (before or '0 0 0') then
    redis.call('HSET', key, gateway, after)
    redis.call('PEXPIRE', key, ttl)
  end
  day.requests = day.requests + own[1] + day.open[1]
  day.tokens = day.tokens + own[2] + day.open[2]
  day.micros = day.micros + own[3]
  return day
end

local function addToOpen(key, day, requests, tokens, ttl)
  day.open[1] = math.max(0, day.open[1] + requests)
  day.open[2] = math.max(0, day.open[2] + tokens)
  redis.call('HSET', key, 'open', written(day.open))
  redis.call('PEXPIRE', key, ttl)
end

local function freeLeases(key)
  redis.call('ZREMRANGEBYSCORE', key, '-inf', string.format('%.0f', now))
end

local function lease(key, call, ms)
  redis.call('ZADD', key, string.format('%.0f', now + ms), call)
  if redis.call('PTTL', key) < ms then redis.call('PEXPIRE', key, ms) end
end
`;
