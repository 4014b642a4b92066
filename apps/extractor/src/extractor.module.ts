import { Sandbox } from '@earshot/sandbox';
import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ClipFiles } from './clip-files.js';
import { DescribeClipsHandler } from './describing/describe-clips.handler.js';

/** The handlers of the queue `extract`. A new one is a line in the list of providers. */
@Module({})
export class ExtractorModule {
  static with({ sandbox, clips }: { sandbox: Sandbox; clips: ClipFiles }): DynamicModule {
    return {
      module: ExtractorModule,
      imports: [DiscoveryModule],
      providers: [{ provide: Sandbox, useValue: sandbox }, { provide: ClipFiles, useValue: clips }, DescribeClipsHandler],
    };
  }
}
