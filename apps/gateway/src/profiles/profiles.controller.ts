import type { ProfileResource } from '@earshot/contracts';
import { getProfile, profiles } from '@earshot/features';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { Operation } from '../docs/operation.js';
import { json } from '../docs/shared-parts.js';
import { type Answer, ok } from '../requests/answer.js';
import { profileResource } from './profile-resource.js';

@Controller('api/v1/profiles')
export class ProfilesController {
  @Operation({
    id: 'listProfiles',
    tag: 'Profiles',
    summary: 'Lists the named feature profiles, with every parameter, the names of their entries, and units',
    answers: { 200: { description: 'All of them', content: json('ProfileList') } },
    problems: [],
  })
  @Get()
  list(): Answer<{ items: ProfileResource[] }> {
    return ok({ items: profiles.map(profileResource) });
  }

  @Operation({
    id: 'getProfile',
    tag: 'Profiles',
    summary: 'Shows a named feature profile',
    answers: { 200: { description: 'The profile', content: json('Profile') } },
    problems: ['PROFILE_NOT_FOUND'],
  })
  @ApiParam({ name: 'id', description: '`name@version`', schema: { type: 'string', example: 'talent-37@1' } })
  @Get(':id')
  get(@Param('id') id: string): Answer<ProfileResource> {
    return ok(profileResource(getProfile(id)));
  }
}
