import { type Confinement, layerNames, layers } from './layers.js';

interface Told {
  info(object: object, message: string): void;
  warn(object: object, message: string): void;
}

/** For each layer `used`, or why it is not. */
export function confinementDetails({ has, lacks }: Confinement): Record<string, string> {
  return Object.fromEntries(layerNames.map((layer) => [layer, has.has(layer) ? 'used' : (lacks.get(layer) ?? 'not used')]));
}

/** Says at the start of a service what keeps its children in their place, and for as long as it lives in what readiness tells. */
export function tellConfinement(
  confinement: Confinement,
  log: Told,
  health: { addDetail(name: string, detail: Record<string, string>): void },
): void {
  health.addDetail('sandbox', confinementDetails(confinement));
  const { has, lacks } = confinement;
  log.info({ layers: [...has] }, 'sandbox: children are confined');
  for (const [layer, why] of lacks) {
    log.warn({ layer, why }, `sandbox: children do without ${layers[layer]}; earshot doctor tells more`);
  }
}
