-- there
ALTER TABLE `event`
  ENGINE = `Aria`,
  CONVERT TO CHARACTER SET `latin1`;
ALTER TABLE `event` MODIFY COLUMN `name` longtext COLLATE `utf8mb4_bin`;
ALTER TABLE `note`
  ENGINE = `InnoDB`,
  CONVERT TO CHARACTER SET `utf8mb4` COLLATE `utf8mb4_bin`;
ALTER TABLE `note` COMMENT = 'Notes';

-- and back
ALTER TABLE `note` COMMENT = '';
ALTER TABLE `note`
  ENGINE = `MyISAM`,
  CONVERT TO CHARACTER SET `latin1` COLLATE `latin1_bin`;
ALTER TABLE `event`
  ENGINE = `InnoDB`,
  CONVERT TO CHARACTER SET DEFAULT;
ALTER TABLE `event` MODIFY COLUMN `name` longtext COLLATE `utf8mb4_bin`;
