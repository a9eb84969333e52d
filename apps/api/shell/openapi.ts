import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { CSRF_HEADER } from './access.guard.js';
import { ProblemDto } from './problem.dto.js';

/** The OpenAPI 3.1 document of the running routes; committed as apps/api/openapi.json and compared by a test. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('Theo dõi giải ngân')
      .setDescription(
        'Disbursement of public investment in a province. Amounts are JSON integers of whole đồng; months are ' +
          '`2024-09` … `2024-13`; errors are `application/problem+json`; lists are cursor pages.',
      )
      .setVersion('1')
      .addCookieAuth(
        'session',
        {
          type: 'apiKey',
          in: 'cookie',
          name: 'session',
          description: `__Host-session over HTTPS; with ${CSRF_HEADER} on unsafe requests`,
        },
        'session',
      )
      .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'token')
      .addSecurityRequirements('session')
      .addSecurityRequirements('token')
      .build(),
    {
      extraModels: [ProblemDto],
      operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
    },
  );
  for (const path of Object.values(document.paths))
    for (const operation of Object.values(path as Record<string, { responses?: Record<string, unknown> }>))
      if (operation.responses)
        operation.responses['default'] = {
          description: 'Refused',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDto' } } },
        };
  return withNullTypes(document) as OpenAPIObject;
}

/**
 * OpenAPI 3.1 is JSON Schema: what the generator writes as `nullable` becomes a union with null. And this API knows
 * whole numbers only (đồng, counts, months); rates are texts.
 */
function withNullTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNullTypes);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withNullTypes(inner)]),
  ) as Record<string, unknown>;
  if (rest['type'] === 'number') rest['type'] = 'integer';
  // The order of a union's members depends on what the compiler happened to read first.
  if (Array.isArray(rest['enum'])) rest['enum'] = [...(rest['enum'] as string[])].sort();
  if (nullable !== true) return nullable === undefined ? rest : { ...rest, nullable };
  if (typeof rest['type'] === 'string' && !rest['enum']) return { ...rest, type: [rest['type'], 'null'] };
  if (typeof rest['type'] === 'string')
    return { ...rest, type: [rest['type'], 'null'], enum: [...(rest['enum'] as unknown[]), null] };
  return { anyOf: [rest['allOf'] ? (rest['allOf'] as unknown[])[0] : rest, { type: 'null' }] };
}
