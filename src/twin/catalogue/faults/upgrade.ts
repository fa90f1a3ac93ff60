import type { ViolationCode } from '../../../checks/findings.ts';
import type { Fault } from '../fault.ts';
import { refuseWith } from '../../handshake/decisions.ts';
import { finds } from './provocation.ts';

/** Upgrades that fail before a token is judged (failure notes §2.1). */
export const UPGRADE_FAULTS: readonly Fault[] = [
  answered(404, 'route-missing', 'FM-09'),
  answered(500, 'upgrade-crashed', 'FM-10'),
  answered(503, 'service-unavailable', 'FM-12'),
  {
    name: 'upgrade-late',
    does: 'Answers every fourth upgrade request after its budget.',
    hits: 'handshake',
    mustFind: [finds('welcome', 'upgrade-late')],
    mayAlsoFind: [finds('welcome', 'upgrade-late', 'environment')],
    diagnosis: 'upgrade-late',
    handshake: (decision, { attempt, pace }) =>
      decision.kind === 'open' && attempt.number % 4 === 1 ? { ...decision, afterMs: 2 * pace.lateMs } : decision,
  },
  {
    name: 'upgrade-hangs',
    does: 'Never answers an upgrade request.',
    hits: 'handshake',
    mustFind: [finds('handshake', 'upgrade-unanswered')],
    diagnosis: 'FM-04',
    handshake: () => ({ kind: 'hang' }),
  },
];

const NOT_READY = JSON.stringify({
  error: 'service_not_ready',
  message: 'WebSocket service is not ready',
  details: { state: 'starting', failed_services: ['redis'], environment: 'staging', retry_after_seconds: 10 },
});

function answered(status: 404 | 500 | 503, code: ViolationCode, diagnosis: string): Fault {
  return {
    name: `upgrade-${status}`,
    does: `Answers every upgrade request with HTTP ${status}.`,
    hits: 'handshake',
    mustFind: [finds('handshake', code)],
    diagnosis,
    handshake: () => (status === 503 ? refuseWith(status, NOT_READY, { 'retry-after': '10' }) : refuseWith(status)),
  };
}
