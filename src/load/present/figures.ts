import { CONFIDENCE, exactBounds } from '../judge/binomial.ts';
import type { Observation } from '../observe/observation.ts';
import { verified } from '../observe/observation.ts';

/** One number of a nightly run that is followed from run to run. Rates are shares from 0 to 1. */
export interface Figure {
  readonly name: string;
  readonly value: number;
}

/** The rates of a nightly run, each with the bound that its gate is judged on, and how many attempts they rest on. */
export function nightlyFigures(observations: readonly Observation[]): readonly Figure[] {
  const tried = verified(observations);
  const failed = tried.filter(({ outcome }) => outcome === 'failed').length;
  const internal = tried.filter(({ internalError }) => internalError).length;
  const asked = tried.reduce((sum, { runs }) => sum + runs.asked, 0);
  const complete = tried.reduce((sum, { runs }) => sum + runs.complete, 0);
  return [
    { name: 'connections.tried', value: tried.length },
    ...rate('connections.success_rate', tried.length - failed, tried.length, 'lower'),
    ...rate('connections.internal_error_rate', internal, tried.length, 'upper'),
    ...rate('runs.complete_rate', complete, asked, 'lower'),
  ];
}

function rate(name: string, hits: number, trials: number, bound: 'lower' | 'upper'): readonly Figure[] {
  if (trials === 0) return [];
  const bounds = exactBounds(hits, trials, CONFIDENCE);
  return [
    { name, value: hits / trials },
    { name: `${name}.${bound}_bound`, value: bounds[bound] },
  ];
}

/** What is exported, and about what. */
export interface ExportedRun {
  readonly figures: readonly Figure[];
  readonly observations: readonly Observation[];
  /** Attributes of every metric, such as the project. */
  readonly about: Readonly<Record<string, string>>;
}

const PREFIX = 'netra.e2e.';
const SERVICE = 'staging-websocket-e2e';
/** The endpoint without a signal gets the path of the signal appended (OTLP exporter specification). */
const METRICS_PATH = '/v1/metrics';

/**
 * Sends the figures of a nightly run to an OTLP/HTTP receiver: each as a gauge, and every latency into one histogram by phase.
 * `endpoint` is what OTEL_EXPORTER_OTLP_ENDPOINT holds. The SDK is loaded here, so that runs without it do not load it. Rejects
 * when the receiver cannot be reached or refuses.
 */
export async function exportMetrics(endpoint: string, { figures, observations, about }: ExportedRun): Promise<void> {
  const { meter, send } = await openMeter(`${endpoint.replace(/\/+$/, '')}${METRICS_PATH}`);
  for (const { name, value } of figures) meter.createGauge(`${PREFIX}${name}`).record(value, about);
  const latency = meter.createHistogram(`${PREFIX}latency`, { unit: 'ms' });
  for (const { latenciesMs } of observations) {
    for (const [phase, ms] of Object.entries(latenciesMs)) latency.record(ms, { ...about, phase });
  }
  await send();
}

async function openMeter(url: string) {
  const [{ MeterProvider, MetricReader }, { OTLPMetricExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/sdk-metrics'),
    import('@opentelemetry/exporter-metrics-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  /** Reads on demand; the periodic reader of the SDK hides what a receiver answers. */
  class ReaderOnDemand extends MetricReader {
    protected override onForceFlush = () => Promise.resolve();
    protected override onShutdown = () => Promise.resolve();
  }
  const reader = new ReaderOnDemand();
  const exporter = new OTLPMetricExporter({ url });
  const resource = resourceFromAttributes({ 'service.name': SERVICE });
  const provider = new MeterProvider({ resource, readers: [reader] });
  const send = async (): Promise<void> => {
    const { resourceMetrics, errors } = await reader.collect();
    if (errors.length > 0) throw new AggregateError(errors, 'The metrics could not be collected.');
    await new Promise<void>((resolve, reject) => {
      exporter.export(resourceMetrics, ({ error }) => {
        if (error === undefined) resolve();
        else reject(new Error(`The receiver ${url} did not take the metrics. See its answer below.`, { cause: error }));
      });
    });
    await Promise.all([exporter.shutdown(), provider.shutdown()]);
  };
  return { meter: provider.getMeter(SERVICE), send };
}
