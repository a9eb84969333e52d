import { Module } from '@nestjs/common';
import { Command } from 'commander';
import { ConfigModule, processConfig } from '#libs/platform';
import { ApiModule } from '../api/api.module.js';
import { createApi } from '../api/create-api.js';
import { openApiDocument } from '../api/shell/openapi.js';
import { withOpenDatabase } from './with-database.js';

@Module({})
class Described {}

export function openapiCommand(): Command {
  return new Command('openapi').description('print the OpenAPI document of the routes').action(async () => {
    const document = await withOpenDatabase(async (database) => {
      const app = await createApi(
        {
          module: Described,
          imports: [ConfigModule.of({ ...processConfig(), databaseUrl: database.url }), ApiModule],
        },
        false,
      );
      try {
        return openApiDocument(app);
      } finally {
        await app.close();
      }
    });
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  });
}
