// A text to its statements: as the mysql client does it, and with stored programs in one piece.

import { expect, test } from 'vitest'
import { engine } from '../../../src/dialects/mysql/engine.ts'

const { split } = engine.offline

test.each([
  ['', []],
  [' ; ;; ', []],
  ['-- only a comment', []],
  ['SELECT 1', ['SELECT 1']],
  ['SELECT 1; SELECT 2;\n', ['SELECT 1', 'SELECT 2']],
  ['SELECT \'a;b\', "c;d", `e;f`; SELECT 2', ['SELECT \'a;b\', "c;d", `e;f`', 'SELECT 2']],
  ["SELECT 'it''s;', 'it\\'s;', '\\\\'; SELECT 2", ["SELECT 'it''s;', 'it\\'s;', '\\\\'", 'SELECT 2']],
  ['SELECT `a``;b`; SELECT "a"";b"', ['SELECT `a``;b`', 'SELECT "a"";b"']],
  ['SELECT 1 # a; b\n; SELECT 2', ['SELECT 1 # a; b', 'SELECT 2']],
  ['SELECT 1 -- a; b\n; SELECT 2', ['SELECT 1 -- a; b', 'SELECT 2']],
  ['SELECT 5--1; SELECT 2', ['SELECT 5--1', 'SELECT 2']],
  ['SELECT 1 --\n; SELECT 2 --', ['SELECT 1 --', 'SELECT 2 --']],
  ['SELECT 1 /* a; */; SELECT /* b', ['SELECT 1 /* a; */', 'SELECT /* b']],
  ['/*!40101 SET a = 1; */; SELECT 2', ['/*!40101 SET a = 1; */', 'SELECT 2']],
  ["/*M! SELECT '*/;' */; SELECT 2", ["/*M! SELECT '*/;' */", 'SELECT 2']],
  ['-- first\nSELECT 1;\n-- second\nSELECT 2', ['-- first\nSELECT 1', '-- second\nSELECT 2']],
  ["SELECT 'open; SELECT 2", ["SELECT 'open; SELECT 2"]],
  ['DELIMITER //\nSELECT 1; SELECT 2//\ndelimiter ;\nSELECT 3;', ['SELECT 1; SELECT 2', 'SELECT 3']],
  ['DELIMITER $$\nBEGIN x; END$$\nDELIMITER ;\nSELECT 3', ['BEGIN x; END', 'SELECT 3']],
  ['SELECT delimiter FROM t; SELECT 2', ['SELECT delimiter FROM t', 'SELECT 2']],
  [
    'CREATE DEFINER=`a`@`b` PROCEDURE p() BEGIN IF 1 THEN SELECT 1; END IF; CASE 1 WHEN 1 THEN SELECT 1; END CASE; END; SELECT 2',
    [
      'CREATE DEFINER=`a`@`b` PROCEDURE p() BEGIN IF 1 THEN SELECT 1; END IF; CASE 1 WHEN 1 THEN SELECT 1; END CASE; END',
      'SELECT 2',
    ],
  ],
  [
    'CREATE FUNCTION f() RETURNS int BEGIN DECLARE x int; l: LOOP BEGIN SET x = CASE WHEN 1 THEN 2 END; END; LEAVE l; END LOOP l; RETURN x; END; SELECT 2',
    [
      'CREATE FUNCTION f() RETURNS int BEGIN DECLARE x int; l: LOOP BEGIN SET x = CASE WHEN 1 THEN 2 END; END; LEAVE l; END LOOP l; RETURN x; END',
      'SELECT 2',
    ],
  ],
  [
    'CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW SET @x = 1; SELECT 2',
    ['CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW SET @x = 1', 'SELECT 2'],
  ],
  ['BEGIN NOT ATOMIC SELECT 1; SELECT 2; END; SELECT 3', ['BEGIN NOT ATOMIC SELECT 1; SELECT 2; END', 'SELECT 3']],
  ['BEGIN; SELECT 1; COMMIT', ['BEGIN', 'SELECT 1', 'COMMIT']],
  ['CREATE TABLE event (begin int, `end` int); SELECT 2', ['CREATE TABLE event (begin int, `end` int)', 'SELECT 2']],
])('%j', (text, statements) => {
  expect(split(text)).toEqual(statements)
})

test('a long text takes no longer than its length', () => {
  const row = `INSERT INTO t VALUES ('${"it''s; ".repeat(100_000)}');\n`
  expect(split(row.repeat(5))).toHaveLength(5)
})
