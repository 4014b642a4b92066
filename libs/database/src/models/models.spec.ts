import { decision } from '@earshot/contracts';
import { freshDatabase } from '../testing/fresh-database.js';
import { samplePart } from '../testing/sample.js';
import { sampleModel } from '../testing/sample-model.js';
import { working } from '../testing/working.js';

describe('the registry', () => {
  const fresh = freshDatabase();
  const on = working(fresh);
  const models = () => fresh.workspace.models;
  const register = (changes = {}) => models().versions.register(sampleModel(changes));
  const blobOf = (sha256: string) => fresh.database.prisma.blob.findFirst({ where: { sha256 } });

  it('makes the classifier with its first version, and keeps all that is said of it', async () => {
    const model = sampleModel();
    expect(await models().versions.register(model)).toMatchObject({ ...model, number: 1, jobId: null, decisionRevision: 0 });
    expect(await models().classifiers.get('talent')).toMatchObject({ versions: 1, traffic: {} });
    expect(await blobOf(model.artifact.sha256)).toMatchObject({ references: 1, unreferencedAt: null });
  });

  it('gives each of many that come at once its own number, and none twice after a removal', async () => {
    const made = await Promise.all(Array.from({ length: 6 }, () => register()));
    expect(made.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    await models().versions.remove('talent', 6);
    expect(await register()).toMatchObject({ number: 7 });
  });

  it('registers an artifact once, however many do it at once', async () => {
    const { artifact } = sampleModel();
    const made = await Promise.all([1, 2, 3].map(() => models().versions.registerOnce(sampleModel({ artifact }))));
    expect(made.filter((one) => one !== null)).toHaveLength(1);
    expect(await blobOf(artifact.sha256)).toMatchObject({ references: 1 });
    expect(await models().aliases.get('talent', 'production')).toMatchObject({ number: 1 });
  });

  it('points production at such a version only where the classifier is new', async () => {
    await register();
    await models().versions.registerOnce(sampleModel());
    expect(await models().aliases.find('talent', 'production')).toBeNull();
    await models().aliases.move('talent', 'production', 1, 0);
    await models().versions.registerOnce(sampleModel());
    expect(await models().aliases.get('talent', 'production')).toMatchObject({ number: 1, version: 1 });
  });

  it('registers what a task asks for with its outcome, and moves an alias to it', async () => {
    const jobId = await on.create([{ name: 'register', parts: [samplePart({ itemsPerTask: 0 })] }]);
    const [task] = await on.claim();
    const model = sampleModel();
    const move = { scope: 'classifier talent', name: 'production', target: model.id, expectedVersion: 0 };
    await on.commit(task!, {
      effects: [
        { name: 'model.register', input: model },
        { name: 'alias.move', input: move },
      ],
    });
    expect(await models().versions.get('talent', 1)).toMatchObject({ id: model.id, jobId });
    expect(await models().aliases.get('talent', 'production')).toMatchObject({ number: 1, version: 1 });
  });

  it('moves an alias for two tasks that end at once, wherever it points', async () => {
    const ended = Array.from({ length: 2 }, async () => {
      await on.create([{ name: 'register', parts: [samplePart({ itemsPerTask: 0 })] }]);
      const model = sampleModel();
      const move = { scope: 'classifier talent', name: 'production', target: model.id, expectedVersion: null };
      return [
        { name: 'model.register', input: model },
        { name: 'alias.move', input: move },
      ];
    });
    const effects = await Promise.all(ended);
    const tasks = [await on.claim(), await on.claim()].flat();
    await Promise.all(tasks.map((task, i) => on.commit(task, { effects: effects[i]! })));
    expect(await models().versions.page('talent', null, 10)).toHaveLength(2);
    expect(await models().aliases.get('talent', 'production')).toMatchObject({ version: 2 });
  });

  it('lets no task point an alias at a version that is not there', async () => {
    await register();
    await on.create([{ name: 'register', parts: [samplePart({ itemsPerTask: 0 })] }]);
    const [task] = await on.claim();
    const move = { scope: 'classifier talent', name: 'production', target: sampleModel().id, expectedVersion: 0 };
    await expect(on.commit(task!, { effects: [{ name: 'alias.move', input: move }] })).rejects.toMatchObject({
      code: 'MODEL_VERSION_NOT_FOUND',
    });
  });

  it('removes a version and its hold on the artifact, unless an alias points at it', async () => {
    const { artifact } = await register();
    await models().aliases.move('talent', 'production', 1, 0);
    await expect(models().versions.remove('talent', 1)).rejects.toMatchObject({ code: 'MODEL_IN_USE' });
    await models().aliases.remove('talent', 'production', 1);
    await models().versions.remove('talent', 1);
    expect(await blobOf(artifact.sha256)).toMatchObject({ references: 0, unreferencedAt: expect.any(Date) });
    await expect(models().versions.remove('talent', 1)).rejects.toMatchObject({ code: 'MODEL_VERSION_NOT_FOUND' });
  });

  it('never lets an alias point at what is removed at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const { number } = await register();
      const [moved, removed] = await Promise.allSettled([
        models().aliases.move('talent', 'production', number, 'whatever'),
        models().versions.remove('talent', number),
      ]);
      expect([moved.status, removed.status].sort()).toEqual(['fulfilled', 'rejected']);
    }
  });

  it('changes a decision from the revision that is expected, for labels that there are', async () => {
    await register();
    const strict = decision.parse({ thresholds: { good: 0.7 } });
    expect(await models().versions.decide('talent', 1, strict, 0)).toMatchObject({ decision: strict, decisionRevision: 1 });
    await expect(models().versions.decide('talent', 1, strict, 0)).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' });
    const wrong = decision.parse({ thresholds: { great: 0.7 } });
    await expect(models().versions.decide('talent', 1, wrong, 1)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });

  describe('its aliases', () => {
    const production = () => models().aliases.get('talent', 'production');

    it('are moved only from where they are expected', async () => {
      await register();
      await register();
      expect(await models().aliases.move('talent', 'production', 1, 0)).toMatchObject({ number: 1, version: 1 });
      await expect(models().aliases.move('talent', 'production', 2, 0)).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' });
      expect(await models().aliases.move('talent', 'production', 2, 1)).toMatchObject({ number: 2, version: 2 });
      await expect(models().aliases.move('talent', 'production', 3, 2)).rejects.toMatchObject({ code: 'MODEL_VERSION_NOT_FOUND' });
      await expect(models().aliases.move('voices', 'production', 1, 0)).rejects.toMatchObject({ code: 'CLASSIFIER_NOT_FOUND' });
    });

    it('go back to where they pointed before, and once more undoes that', async () => {
      for (const number of [1, 2, 3]) {
        await register();
        await models().aliases.move('talent', 'production', number, 'whatever');
      }
      expect(await models().aliases.rollBack('talent', 'production', 3)).toMatchObject({ number: 2, version: 4 });
      expect(await models().aliases.rollBack('talent', 'production', 'whatever')).toMatchObject({ number: 3, version: 5 });
    });

    it('go back past what was removed, and nowhere when nothing is left', async () => {
      for (const number of [1, 2, 3]) {
        await register();
        await models().aliases.move('talent', 'production', number, 'whatever');
      }
      await models().versions.remove('talent', 2);
      expect(await models().aliases.rollBack('talent', 'production', 'whatever')).toMatchObject({ number: 1 });
      await models().versions.remove('talent', 3);
      await expect(models().aliases.rollBack('talent', 'production', 'whatever')).rejects.toMatchObject({ code: 'NOTHING_TO_ROLL_BACK' });
      await expect(models().aliases.rollBack('talent', 'challenger', 'whatever')).rejects.toMatchObject({ code: 'ALIAS_NOT_FOUND' });
    });

    it('count on when they are made again: an old tag never fits a new alias', async () => {
      await register();
      await models().aliases.move('talent', 'production', 1, 0);
      await models().aliases.remove('talent', 'production', 'whatever');
      await models().aliases.move('talent', 'production', 1, 0);
      expect(await production()).toMatchObject({ version: 2 });
    });

    it('stay while traffic goes to them, which goes to none that is not there', async () => {
      await register();
      await models().aliases.move('talent', 'production', 1, 0);
      await expect(models().classifiers.change('talent', { traffic: { challenger: 100 } }, 0)).rejects.toMatchObject({
        code: 'ALIAS_NOT_FOUND',
      });
      await models().classifiers.change('talent', { traffic: { production: 100 } }, 0);
      await expect(models().aliases.remove('talent', 'production', 1)).rejects.toMatchObject({ code: 'MODEL_IN_USE' });
      await expect(models().classifiers.change('talent', { traffic: {} }, 0)).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' });
    });
  });

  describe('the choice for a job', () => {
    const ids = Array.from({ length: 1_000 }, () => sampleModel().id);

    it('is what is named, or else production', async () => {
      await register();
      await register();
      await models().aliases.move('talent', 'production', 2, 0);
      await models().aliases.move('talent', 'challenger', 1, 0);
      const choose = (wish: object) => models().choose({ jobId: ids[0] ?? '', classifier: 'talent', ...wish });
      expect(await choose({})).toMatchObject({ version: 2, alias: 'production' });
      expect(await choose({ alias: 'challenger' })).toMatchObject({ version: 1, alias: 'challenger' });
      expect(await choose({ version: 1 })).toMatchObject({ version: 1, alias: null });
      await expect(choose({ version: 3 })).rejects.toMatchObject({ code: 'MODEL_VERSION_NOT_FOUND' });
      await expect(choose({ alias: 'best' })).rejects.toMatchObject({ code: 'ALIAS_NOT_FOUND' });
      await expect(choose({ classifier: 'voices' })).rejects.toMatchObject({ code: 'CLASSIFIER_NOT_FOUND' });
    });

    it('follows the traffic, and is the same whenever the same job asks', async () => {
      await register();
      await register();
      await models().aliases.move('talent', 'production', 1, 0);
      await models().aliases.move('talent', 'challenger', 2, 0);
      await models().classifiers.change('talent', { traffic: { production: 90, challenger: 10 } }, 0);
      const ask = () => Promise.all(ids.map((jobId) => models().choose({ jobId, classifier: 'talent' })));
      const chosen = await ask();
      expect(await ask()).toEqual(chosen);
      const challenged = chosen.filter(({ version, alias }) => version === 2 && alias === 'challenger').length;
      expect(challenged).toBeGreaterThan(50); // 100 expected, 9.5 the spread
      expect(challenged).toBeLessThan(150);
      expect(chosen.filter(({ version, alias }) => version === 1 && alias === 'production')).toHaveLength(1_000 - challenged);
    });
  });
});
