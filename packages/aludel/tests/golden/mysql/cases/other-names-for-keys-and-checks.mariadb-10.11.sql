ALTER TABLE `child` ADD CONSTRAINT `fk_child_parent` FOREIGN KEY (`parent`) REFERENCES `parent` (`id`) ON DELETE CASCADE;
ALTER TABLE `child`
  DROP FOREIGN KEY `fk_parent`,
  DROP INDEX IF EXISTS `fk_parent`,
  ADD INDEX IF NOT EXISTS `fk_child_parent` (`parent`);
ALTER TABLE `child`
  DROP CONSTRAINT `ck_a`,
  ADD CONSTRAINT `ck_child_a` CHECK (a > 0);
