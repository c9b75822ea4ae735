#!/bin/sh
# Starts what Debian's packages brought: programs that need their own libraries.
run() {
  program=/usr/lib/services/bin/$1
  shift
  [ -x "$program" ] || return
  /usr/lib/services/lib/ld-linux-x86-64.so.2 --library-path /usr/lib/services/lib \
    "$program" "$@"
}

# The guest agent, where the machine has the channel for it.
for port in /sys/class/virtio-ports/*; do
  [ "$(cat "$port/name" 2>/dev/null)" = org.qemu.guest_agent.0 ] || continue
  run qemu-ga --method virtio-serial --path "/dev/${port##*/}" --statedir /run \
    --logfile /var/log/qemu-ga.log &
done

# SSH with keys or passwords from cloud-init; the host's keys are made at the first connection.
mkdir -p /data/.dropbear 2>/dev/null && ln -sfn /data/.dropbear /etc/dropbear
run dropbear -R -E -F >/var/log/dropbear.log 2>&1
