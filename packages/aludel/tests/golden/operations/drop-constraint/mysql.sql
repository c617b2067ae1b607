-- there
ALTER TABLE `user`
  DROP FOREIGN KEY `fk_team`,
  DROP INDEX IF EXISTS `fk_team`;
ALTER TABLE `user` DROP INDEX `uq_both`;
ALTER TABLE `user` DROP CONSTRAINT `ck_age`;
ALTER TABLE `user` DROP PRIMARY KEY;

-- and back
ALTER TABLE `user` ADD PRIMARY KEY (`id`);
ALTER TABLE `user` ADD CONSTRAINT `ck_age` CHECK (age > 0);
ALTER TABLE `user` ADD UNIQUE INDEX `uq_both` (`age`, `team_id`);
ALTER TABLE `user` ADD CONSTRAINT `fk_team` FOREIGN KEY (`team_id`) REFERENCES `team` (`id`);
