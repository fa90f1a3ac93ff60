import { join } from 'node:path';
import type { Label } from 'allure-js-commons';
import { LabelName, Stage, Status } from 'allure-js-commons';
import { FileSystemWriter, createTestResult, md5, randomUuid } from 'allure-js-commons/sdk/reporter';
import { findingKind } from '../../checks/findings.ts';
import { explainFleet, fleetHolds, groupFindings } from './explain-fleet.ts';
import type { FleetResult } from '../observe/fleet-result.ts';

/** One attachment of a merged fleet, by its file. */
export interface MergedFile {
  readonly name: string;
  readonly path: string;
  readonly type: string;
}

const TITLE = 'serves a whole fleet, all shards merged';

/** Adds the verdict over all shards to the Allure results of the shards, so that one report shows both. */
export function writeAllureResult(fleet: FleetResult, files: readonly MergedFile[], resultsDir: string): void {
  const writer = new FileSystemWriter({ resultsDir });
  const result = createTestResult(randomUuid());
  const fullName = `${fleet.project}: ${TITLE}`;
  const startedAt = Math.min(...fleet.shards.map((shard) => Date.parse(shard.startedAt)));
  const message = explainFleet(fleet, 'attachment "fleet"');
  const failed = message.startsWith('Violated') ? Status.FAILED : Status.BROKEN;
  result.name = TITLE;
  result.fullName = fullName;
  result.historyId = md5(fullName);
  result.testCaseId = md5(TITLE);
  result.stage = Stage.FINISHED;
  result.status = fleetHolds(fleet) ? Status.PASSED : failed;
  result.start = startedAt;
  result.stop = startedAt + fleet.durationMs;
  result.labels = labelsOf(fleet);
  if (message !== '') result.statusDetails = { message };
  for (const { name, path, type } of files) {
    const source = `${randomUuid()}-attachment${path.slice(path.lastIndexOf('.'))}`;
    writer.writeAttachmentFromPath(source, path);
    result.attachments.push({ name, source, type });
  }
  writer.writeResult(result);
}

/** The labels of every report of this project; a red fleet is filed under its largest group of findings. */
function labelsOf(fleet: FleetResult): Label[] {
  const [group] = groupFindings(fleet);
  return [
    { name: LabelName.PARENT_SUITE, value: fleet.project },
    { name: LabelName.EPIC, value: 'Concurrency' },
    { name: LabelName.FEATURE, value: 'Fleet' },
    ...(group === undefined
      ? []
      : [
          { name: 'blame', value: group.blame },
          { name: 'phase', value: findingKind(group.code).phase },
          { name: 'finding', value: group.code },
        ]),
  ];
}

/** Where the Allure results of a run lie, unless something else is said. */
export const ALLURE_RESULTS = join('reports', 'allure-results');
