-- there
ALTER TABLE `user`
  DROP FOREIGN KEY `fk`,
  DROP INDEX IF EXISTS `fk`;
ALTER TABLE `user` DROP INDEX `uq`;

-- and back
ALTER TABLE `user` ADD UNIQUE INDEX `uq` (`age`);
ALTER TABLE `user` ADD CONSTRAINT `fk` FOREIGN KEY (`team_id`) REFERENCES `team` (`id`);
