import { Controller, Delete, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Scopes } from '../auth/index.js';
import { CacheConfig } from '../config/index.js';
import { Redis } from '../redis/index.js';
import { Cache } from './cache.port.js';
import { cacheView, clearedView, type NamespaceParams, namespaceParams } from './cache.schema.js';

@ApiTags('cache')
@ApiBearerAuth()
@Controller('cache')
export class CacheController {
  constructor(
    private readonly cache: Cache,
    private readonly config: CacheConfig,
    private readonly redis: Redis,
  ) {}

  @Get()
  @Scopes('admin')
  @ApiOperation({ summary: 'Hits, misses, evictions and sizes by namespace and backend, of this process.' })
  figures() {
    return cacheView(this.config, this.redis.state(), this.cache.figures());
  }

  @Delete(':namespace')
  @Scopes('admin')
  @ApiOperation({ summary: 'Forgets a namespace, in every replica; says how many entries this one let go.' })
  async clear(@Param({ schema: namespaceParams }) { namespace }: NamespaceParams) {
    return clearedView(namespace, await this.cache.clear(namespace));
  }
}
