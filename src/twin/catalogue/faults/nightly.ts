import type { UpgradeAttempt } from '../../behaviour/attempt.ts';
import type { Fault } from '../fault.ts';
import { refuseWith } from '../../handshake/decisions.ts';
import { closeWith, cutOff, delayed, instead, REPLAYED, without } from '../../behaviour/plan.ts';
import type { Plan } from '../../behaviour/plan.ts';
import { LIMIT_FAULTS } from './limits.ts';
import { finds } from './provocation.ts';

const LEAKED_MANAGERS = 20;
/** Few enough of 300 to leave the success rate above 95 %, with its bound. */
const HIDDEN = { from: 100, count: 8 };

/** Misbehaviour that shows only over time, after a loss, at a limit or after a restart (failure notes §2.3, §2.4). */
export const NIGHTLY_FAULTS: readonly Fault[] = [
  diesAt('6-s', 6_000, 'FM-47'),
  diesAt('30-s', 30_000, 'FM-46'),
  diesAt('2-min', 120_000, 'FM-46'),
  {
    name: 'no-reconnect',
    does: 'Ends every connection but the first of a user with 1011 before its welcome.',
    hits: 'the second connection of a user',
    mustFind: [finds('reconnection', 'reconnect-failed')],
    diagnosis: 'reconnect-failed',
    opening: (plan, { admissions, userId }) =>
      admissions.filter((each) => each.userId === userId).length > 1 ? [closeWith(1011, 'Internal error')] : plan,
  },
  {
    name: 'leak-managers',
    does: `Ends the connections of a user with 1011 once it has connected ${LEAKED_MANAGERS} times.`,
    hits: `connection ${LEAKED_MANAGERS + 1} of a user`,
    mustFind: [finds('reconnection', 'reconnect-failed')],
    diagnosis: 'FM-69',
    opening: (plan, { admissions, userId }) =>
      admissions.filter((each) => each.userId === userId).length > LEAKED_MANAGERS
        ? [closeWith(1011, 'Factory initialization failed')]
        : plan,
  },
  {
    name: 'reconnect-late',
    does: 'Welcomes a user who was here before later than a reconnect may take.',
    hits: 'welcome',
    mustFind: [finds('reconnection', 'reconnect-late')],
    diagnosis: 'reconnect-late',
    opening: (plan, { admissions, userId, pace }) =>
      admissions.filter((each) => each.userId === userId).length > 1
        ? instead(plan, 'welcome', (step) => [delayed(step, pace.lateMs)])
        : plan,
  },
  {
    name: 'lose-queued',
    does: 'Forgets what waited for an absent user.',
    hits: REPLAYED,
    mustFind: [finds('replay', 'message-lost')],
    diagnosis: 'message-lost',
    opening: (plan) => without(plan, REPLAYED),
  },
  {
    name: 'replay-twice',
    does: 'Delivers what waited for an absent user twice.',
    hits: REPLAYED,
    mustFind: [finds('replay', 'message-replayed-twice')],
    diagnosis: 'FM-57',
    opening: (plan) => instead(plan, REPLAYED, (step) => [step, { ...step }]),
  },
  {
    name: 'token-expiry-1011',
    does: 'Ends a connection with 1011 when its token expires.',
    hits: 'the connection, at the expiry of its token',
    mustFind: [finds('token-expiry', 'expired-token-mishandled')],
    diagnosis: 'token-expiry',
    life: (plan, { attempt, epochMs }) => [...plan, ...atExpiry(attempt, epochMs(), 1011, 'Internal error')],
  },
  {
    name: 'token-expiry-1008',
    does: 'Ends a connection with 1008 "Token expired" when its token expires; documented, no failure.',
    hits: 'the connection, at the expiry of its token',
    mustFind: [],
    life: (plan, { attempt, epochMs }) => [...plan, ...atExpiry(attempt, epochMs(), 1008, 'Token expired')],
  },
  {
    name: 'ready-too-early',
    does: 'Says that it is healthy and ready as soon as it listens, and refuses WebSockets for a while longer.',
    hits: 'handshake, after a start',
    mustFind: [finds('health-agreement', 'health-contradicts-websocket'), finds('health-agreement', 'readiness-lies')],
    diagnosis: 'FM-72',
    handshake: (decision, { starts, pace }) =>
      starts.count() > 1 && starts.uptimeMs() < pace.startUpMs ? refuseWith(503) : decision,
  },
  {
    name: 'never-recovers',
    does: 'Refuses every WebSocket after a restart, with health endpoints that say so.',
    hits: 'handshake, after a restart',
    mustFind: [finds('recovery', 'recovery-missing')],
    diagnosis: 'recovery-missing',
    handshake: (decision, { starts }) => (starts.count() > 1 ? refuseWith(503) : decision),
    http: (answer, { path }) => (path.startsWith('/health') ? { ...answer, status: 503 } : answer),
  },
  {
    name: 'health-hides-outage',
    does: `Refuses ${HIDDEN.count} upgrades in a row while health and readiness say that all is well.`,
    hits: 'handshake',
    mustFind: [finds('health-agreement', 'health-contradicts-websocket'), finds('health-agreement', 'readiness-lies')],
    diagnosis: 'FM-72',
    handshake: (decision, { attempt }) =>
      attempt.number >= HIDDEN.from && attempt.number < HIDDEN.from + HIDDEN.count ? refuseWith(503) : decision,
  },
  ...LIMIT_FAULTS,
];

function diesAt(age: string, afterMs: number, diagnosis: string): Fault {
  return {
    name: `dies-at-${age}`,
    does: `Cuts every connection at the age of ${afterMs / 1000} s, without a close frame.`,
    hits: 'the connection, by its age',
    mustFind: [finds('idle-stability', 'died-while-idle')],
    diagnosis,
    life: (plan, { pace }) => [...plan, cutOff('end', afterMs / pace.timeScale)],
  };
}

function atExpiry({ credential }: UpgradeAttempt, nowMs: number, code: number, reason: string): Plan {
  if (!credential.valid || credential.expiresAtMs === undefined) return [];
  return [closeWith(code, reason, Math.max(1, credential.expiresAtMs - nowMs))];
}
