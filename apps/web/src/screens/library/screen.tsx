import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { seconds } from '../../sound/numbers.js';
import { Button } from '../../ui/button.js';
import { counted } from '../../ui/counted.js';
import { PageTitle } from '../../ui/page-title.js';
import { Tabs } from '../../ui/tabs.js';
import { AddSounds } from './add-sounds.js';
import { Anomalies } from './anomalies.js';
import { Indexes } from './indexes.js';
import { MapView } from './map-view.js';
import { stats } from './reads.js';
import { route, useShow, views } from './route.js';
import { Samples } from './samples.js';

/** Every sound that is kept to be found again: searched by sound or by words, on a map, and what does not belong. */
export function Screen() {
  const { view = 'samples' } = route.useSearch();
  const show = useShow();
  const counted = useQuery(stats).data;
  const [isAdding, setAdding] = useState(false);
  const add = () => setAdding(true);
  return (
    <>
      <PageTitle
        title="Library"
        actions={
          <Button look="plain" onClick={add}>
            Add sounds
          </Button>
        }
      >
        {counted ? inWords(counted) : 'Sounds to find again: by how they sound, by name, on a map.'}
      </PageTitle>
      <Tabs
        label="Views of the library"
        value={view}
        onChange={(id) => show({ view: views.find((name) => name === id && name !== 'samples') }, true)}
        tabs={[
          { id: 'samples', title: 'Sounds', content: <Samples onAdd={add} /> },
          { id: 'map', title: 'Map', content: <MapView /> },
          { id: 'anomalies', title: 'What does not belong', content: <Anomalies /> },
          { id: 'index', title: 'Index', content: <Indexes /> },
        ]}
      />
      <AddSounds isOpen={isAdding} onClose={() => setAdding(false)} />
    </>
  );
}

function inWords({
  samples,
  genres,
  durations,
}: {
  samples: number;
  genres: readonly object[];
  durations: { totalSeconds: number } | null;
}) {
  if (samples === 0) return 'Nothing is in it yet.';
  const length = durations ? `, ${seconds(durations.totalSeconds)} in all` : '';
  return `${counted(samples, 'sound')} of ${counted(genres.length, 'genre')}${length}.`;
}
