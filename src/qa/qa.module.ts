import { Module } from '@nestjs/common';
import { QaController } from './qa.controller.js';
import { QaService } from './qa.service.js';

@Module({ controllers: [QaController], providers: [QaService] })
export class QaModule {}
