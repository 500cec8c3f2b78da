<?php
/** Keeps what a restore warns of. */
class kept_logger extends base_logger {
    public static array $kept = [];

    protected function action($message, $level, $options = null) {
        self::$kept[] = $message;
        return true;
    }
}
