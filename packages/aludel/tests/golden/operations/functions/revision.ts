// Functions: made, replaced and dropped, one of two that share a name among them.

import type { Operations } from '../../../../src/index.ts'

export const cannot = { sqlite: 'Its functions are the application’s.' }

export function before(op: Operations) {
  op.createFunction('halved', halved('/ 2'), { arguments: 'integer' })
  op.createFunction('gone', {
    postgres: 'CREATE FUNCTION gone() RETURNS text LANGUAGE sql AS $$ SELECT $x$a;b$x$ $$',
    mysql: "CREATE FUNCTION gone() RETURNS VARCHAR(10) DETERMINISTIC RETURN 'a;b'",
  })
}

export function upgrade(op: Operations) {
  op.createFunction(
    'doubled',
    {
      postgres: 'CREATE FUNCTION doubled(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n * 2; $$;',
      mysql:
        'CREATE FUNCTION doubled(n INT) RETURNS INT DETERMINISTIC\nBEGIN\n  DECLARE m INT;\n  SET m = n * 2;\n  RETURN m;\nEND',
    },
    { arguments: 'integer' },
  )
  op.createFunction('halved', halved('>> 1'), { arguments: 'integer', orReplace: true })
  op.dropFunction('gone')
  op.dropFunction('never_there', { arguments: 'text, integer', ifExists: true })
}

function halved(how: string) {
  return {
    postgres: `CREATE FUNCTION halved(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n ${how} $$`,
    mysql: `CREATE FUNCTION halved(n INT) RETURNS INT DETERMINISTIC RETURN n ${how}`,
  }
}
