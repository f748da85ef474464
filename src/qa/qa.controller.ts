import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Scopes } from '../auth/index.js';
import { type CheckBody, checkBody } from './check.schema.js';
import { QaService } from './qa.service.js';
import type { TextCheck } from './text-check-answer.js';

@ApiTags('qa')
@ApiBearerAuth()
@Controller('qa')
export class QaController {
  constructor(private readonly qa: QaService) {}

  @Post('check')
  @HttpCode(200)
  @Scopes('query')
  @ApiOperation({
    summary:
      'Measure a text: tone, style, personal data and planted instructions, and with what you send beside it its grounding, voice and what it lost.',
  })
  check(@Body({ schema: checkBody }) body: CheckBody): Promise<TextCheck> {
    return this.qa.check(body);
  }
}
