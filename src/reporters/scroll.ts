import type { TestResult } from '@playwright/test/reporter';
import { sentenceOf } from '../report/cause-block.ts';
import { explain } from '../report/explain.ts';
import { SIGNATURES } from '../failures/signatures/index.ts';
import { beginningOf, durationOf, indented, lineOf, whereToLook } from './terminal-text.ts';
import type { Paint } from './terminal-text.ts';
import { placeOf, plainTextWithPlace } from './test-verdicts.ts';
import type { TestVerdicts } from './test-verdicts.ts';

const MOST_OF_A_CAUSE = 8;

/**
 * What scrolls by of red tests. The first one of each cause has its failure text below, the next ones say which test has the
 * same cause, and from the ninth on they are counted.
 */
export class Scroll {
  readonly #paint: Paint;
  readonly #isVerbose: boolean;
  /** By signature: the first test that showed it, and how many followed. */
  readonly #shown = new Map<string, { readonly first: string; later: number }>();

  constructor(paint: Paint, isVerbose: boolean) {
    this.#paint = paint;
    this.#isVerbose = isVerbose;
  }

  /** The lines about a red test that ended. */
  linesOf(ended: TestVerdicts, result: TestResult): readonly string[] {
    const line = lineOf(ended, this.#paint);
    if (this.#isVerbose) return [line, ...textsOf(ended, result).map((text) => `${indented(text)}\n`)];
    return this.#redLines(line, ended, result);
  }

  /** At the end: how many red tests were counted only. */
  rest(): readonly string[] {
    return [...this.#shown.values()].flatMap(({ first, later }) => {
      const hidden = later - MOST_OF_A_CAUSE;
      const tests = hidden === 1 ? '1 more test' : `${hidden} more tests`;
      return hidden > 0 ? [`  … ${tests} with the same cause as "${first}"; VERBOSE=1 prints all`] : [];
    });
  }

  #redLines(line: string, ended: TestVerdicts, result: TestResult): readonly string[] {
    const [symptom] = ended.symptoms?.symptoms ?? [];
    const signature = SIGNATURES.find(({ id }) => id === symptom?.signature);
    const key = symptom?.signature ?? beginningOf(textsOf(ended, result).join('\n'));
    const known = this.#shown.get(key);
    if (known === undefined) {
      this.#shown.set(key, { first: ended.title, later: 0 });
      const { severity = 'other', title } = signature ?? { title: 'the test ended with an error' };
      const sentence = sentenceOf({ sentence: title, severity });
      const look = `    ${this.#paint('bold', sentence)}\n    See ${whereToLook(ended)}`;
      return [line, look, indented(beginningOf(textsOf(ended, result).join('\n')))];
    }
    known.later += 1;
    if (known.later > MOST_OF_A_CAUSE) return [];
    const connections = symptom?.connections.length ?? 0;
    const many = connections > 1 ? ` (${connections} connections)` : '';
    const { project, title, durationMs } = ended;
    const [mark = ''] = line.split(' ', 1);
    return [
      `${mark} ${this.#paint('gray', durationOf(durationMs))}  ${project} › ${title}  ${this.#paint('gray', `same cause as "${known.first}"${many}, ${placeOf(ended)}`)}`,
    ];
  }
}

/**
 * The failure texts of a test; errors that are no verdicts say where they were thrown. A preflight that lets the contract run
 * throws none.
 */
function textsOf({ verdicts }: TestVerdicts, result: TestResult): readonly string[] {
  if (result.errors.length === 0) return [explain(verdicts, 'attachment "timeline"')];
  return result.errors.map((error) =>
    error.message?.includes('blame ') === true ? error.message : plainTextWithPlace(error),
  );
}
