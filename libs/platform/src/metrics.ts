import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

interface MetricOptions<L extends string> {
  /** With its unit, as Prometheus wants it: `earshot_http_request_duration_seconds`. */
  name: string;
  help: string;
  labels?: readonly L[];
}

interface GaugeOptions<L extends string> extends MetricOptions<L> {
  labels: readonly L[];
  read: () => Promise<[of: Record<L, string>, value: number][]>;
}

/**
 * The metrics of one process. Roles may share a process: who asks for a name that exists gets the metric that exists.
 * The figures of the process itself (memory, event loop, garbage collection) begin with the first reading.
 */
export class Metrics {
  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;
  private readonly registry = new Registry();
  private hasDefaults = false;

  counter<L extends string = string>({ name, help, labels = [] }: MetricOptions<L>): Counter<L> {
    const known = this.registry.getSingleMetric(name);
    return known instanceof Counter ? known : new Counter({ name, help, labelNames: labels, registers: [this.registry] });
  }

  /** Buckets in the unit of the name; default 1 ms to 60 s. */
  histogram<L extends string = string>({
    name,
    help,
    labels = [],
    buckets = secondsBuckets,
  }: MetricOptions<L> & { buckets?: number[] }): Histogram<L> {
    const known = this.registry.getSingleMetric(name);
    return known instanceof Histogram ? known : new Histogram({ name, help, labelNames: labels, buckets, registers: [this.registry] });
  }

  /**
   * Values that are read when somebody asks: `read` is called at each reading. What cannot be read is left out; a number would be made up.
   */
  gauge<L extends string>({ name, help, labels, read }: GaugeOptions<L>): void {
    this.registry.removeSingleMetric(name);
    new Gauge({
      name,
      help,
      labelNames: labels,
      registers: [this.registry],
      async collect() {
        this.reset();
        for (const [of, value] of await read().catch(() => [])) this.set(of, value);
      },
    });
  }

  /** All metrics in Prometheus' text form. */
  text(): Promise<string> {
    if (!this.hasDefaults) {
      collectDefaultMetrics({ register: this.registry });
      this.hasDefaults = true;
    }
    return this.registry.metrics();
  }
}

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** The metrics of this process. */
export const metrics = new Metrics();
