import { heartbeat } from '../../../src/checks/heartbeat.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { judgesTo, welcomed } from './judges-to.ts';

const ping = { type: 'ping', timestamp: 7 };

/** beta-9 was observed to answer a ping only when the run is over. */
judgesTo('heartbeat', heartbeat(BUDGETS), [
  {
    title: 'a pong that waits for the end of a run is late, and says so',
    verdict: {
      findings: [
        {
          code: 'pong-late',
          because:
            'pong (#7) came 850 ms after its question (#5); 200 ms are allowed; run one was under way until #6, and the answer came 10 ms after its end: nothing is answered during a run; no lag of our own was seen in that time',
        },
      ],
    },
    history: welcomed((c1, { at }) => {
      c1.runs('one').event('one', 'agent_started').sends(ping);
      at(900);
      c1.event('one', 'agent_completed').receives({ type: 'pong' });
    }),
  },
  {
    title: 'a ping without an answer names the run that is under way',
    verdict: {
      findings: [
        {
          code: 'pong-missing',
          because: 'the question (#4) got no pong within 1000 ms; run one was under way all the time',
        },
      ],
    },
    history: welcomed((c1) => c1.runs('one').sends(ping).deadline('pong')),
  },
  {
    title: 'a pong that is late while a run goes on before and after it does not blame the run',
    verdict: {
      findings: [
        {
          because:
            'pong (#5) came 850 ms after its question (#4); 200 ms are allowed; no lag of our own was seen in that time',
        },
      ],
    },
    history: welcomed((c1, { at }) => {
      c1.runs('one').sends(ping);
      at(900);
      c1.receives({ type: 'pong' }).event('one', 'agent_started').event('one', 'agent_completed');
    }),
  },
]);
