import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { withExamples } from './api-examples.js';

/** Serves the description of the API: `/docs` for people, `/openapi.json` for tools. */
export function serveOpenApi(app: INestApplication, version: string): void {
  const description = new DocumentBuilder()
    .setTitle('MCG Agent')
    .setDescription('Writes text for people from their own corpora, under rules the code cannot break.')
    .setVersion(version)
    .addBearerAuth()
    .build();
  SwaggerModule.setup('docs', app, () => withExamples(SwaggerModule.createDocument(app, description)), {
    jsonDocumentUrl: 'openapi.json',
  });
}
