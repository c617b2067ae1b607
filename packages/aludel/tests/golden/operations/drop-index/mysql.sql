-- there
ALTER TABLE `user` DROP INDEX `ix_email`;
ALTER TABLE `user` DROP INDEX `ix_unique`;

-- and back
ALTER TABLE `user` ADD UNIQUE INDEX `ix_unique` (`email`);
ALTER TABLE `user` ADD INDEX `ix_email` (`email`);
