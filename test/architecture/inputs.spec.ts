import { inputBreaches, rightsBreaches } from './inputs.rules.js';
import { sourceFiles } from './source-files.js';

const controllers = sourceFiles('src').filter(({ path }) => path.endsWith('.controller.ts'));

function controller(body: string, onClass = '') {
  return [{ path: 'a.controller.ts', text: `@Controller('a')\n${onClass}\nexport class A {\n${body}\n}` }];
}

describe('controllers', () => {
  it('are where requests come in', () => {
    expect(controllers.length).toBeGreaterThan(0);
    const elsewhere = sourceFiles('src').filter(
      ({ path, text }) => /^@Controller\(/m.test(text) && !path.endsWith('.controller.ts'),
    );
    expect(elsewhere.map(({ path }) => path)).toEqual([]);
  });

  it('check every input with a schema', () => {
    expect(inputBreaches(controllers)).toEqual([]);
  });

  it.each([
    '@Body() body: Query',
    "@Query('schema') schema: string",
    "@Param('id', uuidPipe()) id: string",
    '@Headers() headers: Headers',
  ])('are refused for %s', (parameter) => {
    expect(inputBreaches(controller(`@Get() a(${parameter}) {}`))).toHaveLength(1);
  });

  it.each(['@Body({ schema: querySchema }) body: Query', "@Param('id', { schema }) id: string"])(
    'pass for %s',
    (parameter) => {
      expect(inputBreaches(controller(`@Get() a(${parameter}) {}`))).toEqual([]);
    },
  );

  it('say of every handler who may call it', () => {
    expect(rightsBreaches(controllers)).toEqual([]);
  });

  it('are refused for a handler that says nothing, whatever its neighbours say', () => {
    const open = `@Get('x')\n@Public()\na() {}`;
    const silent = `@ApiOperation({ summary: 'closes a bracket :)' })\n@Post('y')\nb(@Body({ schema }) body: B) {}`;
    expect(rightsBreaches(controller(`${open}\n${silent}`))).toEqual([
      expect.stringContaining('@ApiOperation'),
    ]);
    expect(rightsBreaches(controller(open))).toEqual([]);
    expect(rightsBreaches(controller(silent, "@Scopes('admin')"))).toEqual([]);
  });
});
