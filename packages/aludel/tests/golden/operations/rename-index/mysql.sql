-- there
ALTER TABLE `team` RENAME INDEX `ix_name` TO `ix_team_name`;
ALTER TABLE `user` RENAME INDEX `ix_unique` TO `ux_user_email_age`;
ALTER TABLE `user` ADD CONSTRAINT `ck_age` CHECK (age > 0);
ALTER TABLE `user` RENAME INDEX `ix_age` TO `ix_user_age`;

-- and back
ALTER TABLE `user` RENAME INDEX `ix_user_age` TO `ix_age`;
ALTER TABLE `user` DROP CONSTRAINT `ck_age`;
ALTER TABLE `user` RENAME INDEX `ux_user_email_age` TO `ix_unique`;
ALTER TABLE `team` RENAME INDEX `ix_team_name` TO `ix_name`;
