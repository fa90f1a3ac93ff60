import { execFileSync } from 'node:child_process';

/** A test as `playwright test --list` knows it. */
export interface ListedTest {
  readonly title: string;
  readonly file: string;
  readonly project: string;
  readonly annotations: readonly { readonly type: string; readonly description?: string }[];
}

interface Suite {
  readonly specs?: readonly Spec[];
  readonly suites?: readonly Suite[];
}

interface Spec {
  readonly title: string;
  readonly file: string;
  readonly tests: readonly { readonly projectName: string; readonly annotations: ListedTest['annotations'] }[];
}

/** Every test that the selected projects hold, without running any. Throws when a spec does not load. */
export function listTests(projects: readonly string[] = []): readonly ListedTest[] {
  const selected = projects.map((project) => `--project=${project}`);
  const listing = execFileSync(
    process.execPath,
    ['node_modules/@playwright/test/cli.js', 'test', '--list', '--reporter=json', ...selected],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const { suites }: { readonly suites: readonly Suite[] } = JSON.parse(listing);
  return suites.flatMap(testsOf);
}

function testsOf({ specs = [], suites = [] }: Suite): readonly ListedTest[] {
  const own = specs.flatMap(({ title, file, tests }) =>
    tests.map(({ projectName, annotations }) => ({ title, file, project: projectName, annotations })),
  );
  return [...own, ...suites.flatMap(testsOf)];
}
