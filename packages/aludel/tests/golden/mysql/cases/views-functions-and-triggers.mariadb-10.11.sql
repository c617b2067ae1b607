CREATE OR REPLACE VIEW `seen` (`a b`) AS
SELECT CONCAT('it is ', CHAR(92 USING utf8mb4)) AS a # as said
;
RENAME TABLE `seen` TO `shown`;
CREATE OR REPLACE function one() returns int deterministic return 1;
CREATE TRIGGER t BEFORE INSERT ON user FOR EACH ROW BEGIN SET @a = 1; END;
DROP TRIGGER IF EXISTS `t`;
