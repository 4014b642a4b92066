import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import { keyOf } from '../../api/key.js';
import { span } from '../../jobs/spans.js';
import { MeasuredFacts } from '../../sound/facts.js';
import { Features } from '../../sound/features.js';
import { barsOf, type Heard, isUnsure } from '../../sound/prediction.js';
import { SoundView } from '../../sound/sound-view.js';
import { Why } from '../../sound/why.js';
import { Badge } from '../../ui/badge.js';
import { buttonLook } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { percent } from '../../ui/percent.js';
import { ScoreBars } from '../../ui/score-bars.js';
import { Tabs } from '../../ui/tabs.js';
import { Snippets } from './snippets-view.js';
import type { Sound } from './sound.js';

const namedFeatures = 'electro-45@1';

/** What is heard, and everything about it. */
export function Result({ heard: { clipId, prediction }, sound, tookMs }: { heard: Heard; sound: Sound; tookMs: number }) {
  const { label, confidence, model } = prediction;
  return (
    <div className="space-y-6">
      <Section
        title="What is heard"
        note={`${sound.name} · answered in ${span(tookMs)}`}
        actions={
          <Link
            to="/clips/$id"
            params={{ id: clipId }}
            search={{ classifier: model.classifier }}
            className={buttonLook({ look: 'quiet', size: 'small' })}
          >
            Open the clip <ArrowRight size={16} aria-hidden />
          </Link>
        }
      >
        <div className="grid gap-6 md:grid-cols-[minmax(0,14rem)_minmax(0,1fr)]" aria-live="polite">
          <div>
            <p className="text-display font-bold wrap-anywhere" data-answer>
              {label}
            </p>
            <p className="mt-1 text-muted tabular-nums">{percent(confidence)} sure</p>
            <p className="mt-3 flex flex-wrap gap-2">
              {isUnsure(prediction) && <Badge tone="warn">not sure enough</Badge>}
              <Badge>
                {model.classifier}, version {model.version}
              </Badge>
            </p>
          </div>
          <ScoreBars {...barsOf(prediction)} />
        </div>
      </Section>
      <Section title={sound.name}>
        <SoundView clipId={clipId} name={sound.name} sound={sound.file} />
      </Section>
      <Section title="Look closer">
        <Tabs
          label="More of this sound"
          tabs={[
            { id: 'why', title: 'Why', content: <Why clipId={clipId} model={model} /> },
            { id: 'numbers', title: 'Numbers', content: <Numbers clipId={clipId} /> },
            {
              id: 'code',
              title: 'In your code',
              content: (
                <Snippets
                  origin={location.origin}
                  filename={sound.file.name}
                  classifier={model.classifier}
                  exampleUrl={sound.exampleUrl && new URL(sound.exampleUrl, location.origin).href}
                  needsKey={keyOf() !== null}
                />
              ),
            },
          ]}
        />
      </Section>
    </div>
  );
}

function Numbers({ clipId }: { clipId: string }) {
  return (
    <div className="space-y-6">
      <MeasuredFacts clipId={clipId} />
      <Features clipId={clipId} profile={namedFeatures} />
    </div>
  );
}
