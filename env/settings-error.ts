/** Settings that cannot be run with. The message lists every problem at once. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  /** One text per problem: what was expected, what was found and where, what to do. */
  readonly problems: readonly string[];

  constructor(project: string, problems: readonly string[]) {
    const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
    const list = problems.map((problem, index) => `${index + 1}. ${problem.replaceAll('\n', '\n   ')}`);
    super(`Settings of project ${project}: ${count}.\n\n${list.join('\n\n')}\n`);
    this.problems = problems;
  }
}
