-- there
ALTER TABLE `task` ADD UNIQUE INDEX `uq_name` (`name`);
CREATE TABLE `other` (
  `rank` int,
  `no"te` int,
  UNIQUE INDEX `uq_rank` (`rank`)
);
ALTER TABLE `task` ADD INDEX `ix_native` (`rank`, `name` DESC);
ALTER TABLE `task` RENAME COLUMN `rank` TO `place`;

-- and back
ALTER TABLE `task` RENAME COLUMN `place` TO `rank`;
ALTER TABLE `task` DROP INDEX `ix_native`;
DROP TABLE `other`;
ALTER TABLE `task` DROP INDEX `uq_name`;
