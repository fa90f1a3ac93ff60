import { answerTo } from '../../messages/bridge-run.ts';
import { replaced } from '../../messages/edit-fields.ts';
import type { Step } from '../../behaviour/plan.ts';
import { keepingAllBut } from '../kept-promises.ts';
import type { Profile } from '../profile.ts';
import { BETA_9 } from '../profiles/beta-9.ts';
import { running, variant } from './variant.ts';

const STOP_RUNS: Step = { label: 'stop-runs', afterMs: 0, act: { kind: 'stop-runs' } };
const LARGEST_MESSAGE_BYTES = 5 * 1_048_576;
const FILLER = ' and so on'.repeat(30_000);

/** What beta-9 lacks for the product's own clients, and large answers (protocol notes §10, §12). */
export const PRODUCT_CLIENT_VARIANTS: readonly Profile[] = [
  variant('stoppable', 'Reads on during a run, and stop_agent ends it.', {
    awaitsRuns: false,
    reply: (request, context) => {
      const plan = BETA_9.reply(request, context);
      return request.kind === 'message' && request.type === 'stop_agent' ? [STOP_RUNS, ...plan] : plan;
    },
    variables: keepingAllBut('large-request'),
  }),
  variant('large-messages', 'Takes messages of up to 5 MiB.', {
    maxMessageBytes: LARGEST_MESSAGE_BYTES,
    variables: keepingAllBut('stop-agent'),
  }),
  running('large-answers', 'Answers with several hundred kilobytes.', (plan, { prompt }) =>
    plan.map((step) => {
      const { act, label } = step;
      if (act.kind !== 'message' || label !== 'agent_completed') return step;
      const answer = answerTo(prompt) + FILLER;
      return { ...step, act: { ...act, compose: (now) => replaced(act.compose(now), 'final_response', answer) } };
    }),
  ),
];
