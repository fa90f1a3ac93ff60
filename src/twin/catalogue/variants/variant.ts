import type { WelcomeShape } from '../../messages/welcome-shapes.ts';
import type { Plan, Step } from '../../behaviour/plan.ts';
import { instead } from '../../behaviour/plan.ts';
import type { Profile } from '../profile.ts';
import { BETA_9 } from '../profiles/beta-9.ts';

/** A legitimate variant of beta-9: its name, what is different, and the difference. */
export function variant(name: string, does: string, difference: Partial<Profile>): Profile {
  return { ...BETA_9, ...difference, name: `beta-9/${name}`, does };
}

/** beta-9 with another welcome. */
export function greeting(name: string, does: string, welcome: WelcomeShape): Profile {
  return variant(name, does, {
    welcome,
    opening: (context) =>
      instead(BETA_9.opening(context), 'welcome', (step) => [
        { ...step, act: { kind: 'message', compose: welcome(context) } },
      ]),
  });
}

/** beta-9 whose runs are edited. */
export function running(
  name: string,
  does: string,
  edit: (plan: Plan, ...of: Parameters<Profile['run']>) => Plan,
  more: Partial<Profile> = {},
): Profile {
  return variant(name, does, {
    run: (request, context) => edit(BETA_9.run(request, context), request, context),
    ...more,
  });
}

/** The same steps without a pause. */
export function atOnce(plan: Plan): Plan {
  return plan.map((step) => ({ ...step, afterMs: 0 }));
}

/** The grammar of a run instead of the five events once each. */
export const GRAMMAR = { TWIN_ORDER: 'grammar' } as const;

/** Steps in between, each after a step of the plan. */
export function interleaved(plan: Plan, ...extra: readonly Step[]): Plan {
  return plan.flatMap((step, at) => (at < plan.length - 1 ? [step, ...extra] : [step]));
}
