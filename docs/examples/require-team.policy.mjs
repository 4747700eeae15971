// A module in plain JavaScript, against the built gateway: decorators are functions, called on the class.
// AI_GATEWAY_MODULES=./docs/examples/require-team.policy.mjs npm start
import { Injectable, Module } from '@nestjs/common';
import { GatewayError } from '../../dist/src/http/gateway-error.js';
import { PipelinePolicy } from '../../dist/src/proxy/policies/pipeline-policy.js';

/** Refuses calls that do not say which team pays: `X-Gateway-Tags: team=search`. */
export class RequireTeamPolicy {
  check({ tags, caller }) {
    if (tags.team ?? caller.tags?.team) return;
    throw new GatewayError({
      status: 400,
      type: 'invalid_request_error',
      code: 'team_missing',
      message: 'Say which team calls: send the header X-Gateway-Tags: team=<name>.',
    });
  }
}
Injectable()(RequireTeamPolicy);
PipelinePolicy({ stage: 'authenticated' })(RequireTeamPolicy);

export default class RequireTeamModule {}
Module({ providers: [RequireTeamPolicy] })(RequireTeamModule);
