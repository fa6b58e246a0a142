// The things asked of Redis, each one atomic script. They only count; what the numbers mean is decided by who asks.
import { minuteBuckets, scriptPrelude } from './scriptPrelude.ts';

const mendAll = `
mend(KEYS[1], 'hash')
mend(KEYS[2], 'zset')
mend(KEYS[3], 'hash')
mend(KEYS[4], 'hash')
freeLeases(KEYS[2])
`;

/**
 * Takes one call below the limits, or says which is in the way.
 * KEYS minute, leases, day, calls. ARGV gateway, settled requests, tokens, microdollars, lease ms, day's ttl ms,
 * call, tokens, rpm, rpd, tpm, tpd, concurrent. Answers {1 or 0, now, microdollars of the day, values ignored, place of the limit in
 * `limitNames`, when it is free (ms; 0: not known here)}.
 */
const take = `${scriptPrelude}${mendAll}
local gateway, leaseMs, ttl, call = ARGV[1], tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7]
local tokens = tonumber(ARGV[8])
local rpm, rpd, tpm, tpd = tonumber(ARGV[9]), tonumber(ARGV[10]), tonumber(ARGV[11]), tonumber(ARGV[12])
local concurrent = tonumber(ARGV[13])
local minute = readMinute(KEYS[1])
local own = { tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]) }
local day = readDay(KEYS[3], gateway, own, ttl)

local function freeAt(part, used, limit, count)
  local seconds = {}
  for at in pairs(minute.at) do seconds[#seconds + 1] = at end
  table.sort(seconds)
  for _, at in ipairs(seconds) do
    used = used - minute.at[at][part]
    if used + count <= limit then return (at + ${minuteBuckets}) * 1000 end
  end
  return 0
end

local function tooMany(used, limit)
  if limit < 0 then return false end
  -- One call larger than the whole limit passes when nothing else is counted: it could never pass otherwise.
  if used == 0 and limit > 0 then return false end
  return used + tokens > limit
end

local function refused(limit, at)
  return { 0, now, day.micros, ignored, limit, at }
end

if concurrent >= 0 and redis.call('ZCARD', KEYS[2]) >= concurrent then return refused(5, 0) end
if rpd >= 0 and day.requests >= rpd then return refused(2, 0) end
if tooMany(day.tokens, tpd) then return refused(4, 0) end
if rpm >= 0 and minute.requests >= rpm then return refused(1, freeAt(1, minute.requests, rpm, 1)) end
if tooMany(minute.tokens, tpm) then
  return refused(3, freeAt(2, minute.tokens, tpm, math.min(tokens, tpm)))
end

addToMinute(KEYS[1], minute, second, 1, tokens)
addToOpen(KEYS[3], day, 1, tokens, ttl)
lease(KEYS[2], call, leaseMs)
redis.call('HSET', KEYS[4], call, written({ second, tokens }))
redis.call('PEXPIRE', KEYS[4], ttl)
return { 1, now, day.micros, ignored, 0, 0 }
`;

/** Limits by the number that a refused take gives. */
export const limitNames = ['none', 'rpm', 'rpd', 'tpm', 'tpd', 'concurrent'] as const;

/**
 * Tells where this gateway stands: what it has settled that day, which calls are open, which have ended, what it counted while
 * nobody could be told. Saying the same again changes nothing, but for the last list.
 * KEYS and first six ARGV as above; then three lists, each its length and its triples: open (call, tokens, age in seconds),
 * ended (call, 1 or 0 requests, tokens), counted alone (age in seconds, requests, tokens). Answers {1, now, microdollars, ignored}.
 */
const tell = `${scriptPrelude}${mendAll}
local gateway, leaseMs, ttl = ARGV[1], tonumber(ARGV[5]), tonumber(ARGV[6])
local minute = readMinute(KEYS[1])
local own = { tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]) }
local day = readDay(KEYS[3], gateway, own, ttl)
local place = 7

local function each(visit)
  local count = tonumber(ARGV[place])
  place = place + 1
  for _ = 1, count do
    visit(ARGV[place], ARGV[place + 1], ARGV[place + 2])
    place = place + 3
  end
end

each(function(call, tokens, age)
  if redis.call('HEXISTS', KEYS[4], call) == 0 then
    local at = second - tonumber(age)
    addToMinute(KEYS[1], minute, at, 1, tonumber(tokens))
    addToOpen(KEYS[3], day, 1, tonumber(tokens), ttl)
    redis.call('HSET', KEYS[4], call, written({ at, tonumber(tokens) }))
  end
  redis.call('PEXPIRE', KEYS[4], ttl)
  lease(KEYS[2], call, leaseMs)
end)

each(function(call, requests, tokens)
  local facts = redis.call('HGET', KEYS[4], call)
  redis.call('ZREM', KEYS[2], call)
  if not facts then return end
  redis.call('HDEL', KEYS[4], call)
  local taken = numbers(facts, 2)
  if not taken then
    ignored = ignored + 1
    return
  end
  addToMinute(KEYS[1], minute, taken[1], tonumber(requests) - 1, tonumber(tokens) - taken[2])
  addToOpen(KEYS[3], day, -1, -taken[2], ttl)
end)

each(function(age, requests, tokens)
  addToMinute(KEYS[1], minute, second - tonumber(age), tonumber(requests), tonumber(tokens))
end)

return { 1, now, day.micros, ignored }
`;

/**
 * Says that this gateway is there. KEYS gateways, epoch. ARGV gateway, ms for which that holds, ms for which the epoch is kept.
 * Answers {1, now, number of gateways, ignored, epoch}: another epoch than before means that Redis has forgotten everything.
 */
const greet = `${scriptPrelude}
local gateway, ms = ARGV[1], tonumber(ARGV[2])
mend(KEYS[1], 'zset')
mend(KEYS[2], 'string')
-- The first write is one that a full Redis refuses: after any other it would let the rest pass, and nobody would be told.
redis.call('SET', KEYS[2], string.format('%.0f', now), 'NX', 'PX', ARGV[3])
local epoch = tonumber(string.match(redis.call('GET', KEYS[2]), '^%d+$'))
if not epoch or epoch > now + 86400000 then
  ignored = ignored + 1
  epoch = now
  redis.call('SET', KEYS[2], string.format('%.0f', epoch))
end
redis.call('PEXPIRE', KEYS[2], ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - ms))
redis.call('ZREMRANGEBYSCORE', KEYS[1], string.format('(%.0f', now + ms), '+inf')
redis.call('ZADD', KEYS[1], string.format('%.0f', now), gateway)
redis.call('PEXPIRE', KEYS[1], 2 * ms)
return { 1, now, redis.call('ZCARD', KEYS[1]), ignored, epoch }
`;

export const scripts = { take, tell, greet } as const;
export type ScriptName = keyof typeof scripts;
