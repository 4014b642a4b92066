import { describeClips } from './kinds/describe.js';
import { tasks } from './kinds.js';
import { checkedTasks, queueServices } from './queue-services.js';
import { defineTask } from './task.js';

describe('the tasks of all kinds', () => {
  it('are some, and each is served', () => {
    expect(tasks.length).toBeGreaterThan(0);
    expect(checkedTasks(tasks)).toBe(tasks);
  });

  it('may not be of a queue that nobody serves', () => {
    const orphan = defineTask({ ...describeClips, name: 'models.embed', queue: 'index' });
    expect(() => checkedTasks([describeClips, orphan], { ...queueServices, index: null })).toThrow(
      'models.embed is of the queue index, which no service serves',
    );
  });

  it('may not share a name', () =>
    expect(() => checkedTasks([...tasks, defineTask({ ...describeClips })])).toThrow('Two tasks are called clips.describe'));
});
