-- there
CREATE VIEW `called` (`id`, `the name`) AS
SELECT id, concat(name, '!') FROM `user`;
CREATE OR REPLACE VIEW `grown` AS
SELECT id, name FROM `user` WHERE age >= 21 -- as they say
;
RENAME TABLE `old people` TO `elders`;
DROP VIEW `gone`;
DROP VIEW IF EXISTS `never there`;

-- and back
CREATE VIEW `gone` AS
SELECT name FROM `user`;
RENAME TABLE `elders` TO `old people`;
DROP VIEW `grown`;
CREATE VIEW `grown` AS
SELECT id, name FROM `user` WHERE age >= 18;
DROP VIEW `called`;
