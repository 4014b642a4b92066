import { useQuery } from '@tanstack/react-query';
import { CircleStop, Mic, MicOff } from 'lucide-react';
import { productionOf, useClassifiers } from '../../api/classifiers.js';
import { answer, api } from '../../api/client.js';
import { useKey } from '../../keys/keys.js';
import { microphoneNotice } from '../../sound/microphone.js';
import { useVersion } from '../../sound/why.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { LevelMeter } from '../../ui/level-meter.js';
import { Loading } from '../../ui/loading.js';
import { PageTitle } from '../../ui/page-title.js';
import { Latency } from './latency.js';
import { Log } from './log.js';
import { route } from './route.js';
import { RunningPicture } from './running-picture.js';
import { SettingsForm } from './settings-form.js';
import { type Listening, useLive } from './use-live.js';

/** The microphone, heard by a classifier as it happens. */
export function Screen() {
  const classifiers = useClassifiers();
  const { classifier = 'keywords' } = route.useSearch();
  const items = classifiers.data;
  const chosen = items?.find(({ name }) => name === classifier) ?? items?.[0];
  return (
    <>
      <PageTitle title="Live">What the microphone hears, answered piece by piece. It goes to this server and nowhere else.</PageTitle>
      {classifiers.data === undefined &&
        (classifiers.error ? <ErrorState error={classifiers.error} onRetry={() => void classifiers.refetch()} /> : <Loading rows={6} />)}
      {items && chosen && <Ready names={items.map(({ name }) => name)} classifier={chosen.name} version={productionOf(chosen)} />}
      {items?.length === 0 && <EmptyState icon={MicOff} text="There is no classifier yet that could say what it hears." />}
    </>
  );
}

/** As long as what the model was trained on, where that has one length. */
const usualWindowSeconds = 1;

function Ready({ names, classifier, version }: { names: readonly string[]; classifier: string; version: number | undefined }) {
  const search = route.useSearch();
  const learned = useLearnedSeconds(classifier, version);
  const listening: Listening = {
    classifier,
    windowSeconds: search.windowSeconds ?? learned ?? usualWindowSeconds,
    quietDb: search.quietDb ?? -60,
    keeps: search.keeps ?? false,
  };
  const live = useLive(listening);
  const notice = microphoneNotice();
  const isOn = live.open !== null;
  const toggle = () => (isOn ? live.stop() : void live.start());
  useKey('r', 'Listen, or stop listening', toggle, notice === null);
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[20rem_minmax(0,1fr)]">
      <Section title="Microphone">
        <Button
          look={isOn ? 'danger' : 'main'}
          className="min-h-14 w-full lg:min-h-12"
          keyHint="r"
          disabled={notice !== null || live.isOpening}
          onClick={toggle}
        >
          {isOn ? <CircleStop size={20} aria-hidden /> : <Mic size={20} aria-hidden />}
          {isOn ? 'Stop listening' : 'Listen'}
        </Button>
        {notice !== null && <p className="mt-3 rounded-field bg-warn-soft p-3 text-note">{notice}</p>}
        {isOn && (
          <LevelMeter level={live.peak} className="mt-4">
            Listening
          </LevelMeter>
        )}
        <SettingsForm names={names} {...listening} />
      </Section>
      <div className="min-w-0 space-y-6">
        {live.refusal !== null && <ErrorState error={live.refusal} onRetry={() => void live.start()} />}
        {live.open && (
          <Section title="The last ten seconds">
            <RunningPicture frames={live.frames} frameSeconds={live.open.frameSeconds} highestHz={live.open.sampleRate / 2} />
          </Section>
        )}
        {live.log.length > 0 && <Latency log={live.log} />}
        {live.log.length > 0 || isOn ? (
          <Log log={live.log} onClear={live.clear} />
        ) : (
          <EmptyState icon={Mic} text="What is heard stands here as it happens, and what was filtered out with the reason.">
            <Button disabled={notice !== null || live.isOpening} onClick={toggle}>
              Listen
            </Button>
          </EmptyState>
        )}
      </div>
    </div>
  );
}

function useLearnedSeconds(classifier: string, version = 1): number | undefined {
  const model = useVersion(classifier, version);
  const id = typeof model.data?.profile === 'string' ? model.data.profile : undefined;
  const profile = useQuery({
    queryKey: ['profile', id],
    queryFn: () => answer(api.GET('/api/v1/profiles/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const seconds = profile.data?.definition['seconds'];
  return typeof seconds === 'number' && seconds >= 0.5 && seconds <= 10 ? seconds : undefined;
}
