ALTER TABLE `child` ADD CONSTRAINT `fk_child_parent` FOREIGN KEY (`parent`) REFERENCES `parent` (`id`) ON DELETE CASCADE;
ALTER TABLE `child` DROP FOREIGN KEY `fk_parent`;
ALTER TABLE `child`
  DROP CHECK `ck_a`,
  ADD CONSTRAINT `ck_child_a` CHECK (a > 0);
