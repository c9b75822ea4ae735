#!/bin/sh
# The part of cloud-init that a small guest needs, from a NoCloud or a config drive volume:
# host name, network addresses, users' passwords and keys, files of "write_files" (plain block
# texts), "runcmd" and shell scripts. Everything else is passed over. Commands run once per
# instance id, as cloud-init does it. "network" comes first, "config" when the network is on
# its way.
PATH=/sbin:/bin:/usr/sbin:/usr/bin
seed=/run/seed
mkdir -p "$seed" /run/network

device=$(findfs LABEL=cidata 2>/dev/null || findfs LABEL=CIDATA 2>/dev/null)
source=NoCloud
if [ -z "$device" ]; then
  device=$(findfs LABEL=config-2 2>/dev/null || findfs LABEL=CONFIG-2 2>/dev/null)
  source=ConfigDrive
fi
[ -n "$device" ] || exit 0
mount -o ro "$device" "$seed" 2>/dev/null || exit 0
if [ "$source" = NoCloud ]; then
  user_data=$seed/user-data
  meta_data=$seed/meta-data
  network_data=$seed/network-config
else
  user_data=$seed/openstack/latest/user_data
  # Flat JSON: as YAML, one key on a line.
  meta_data=/run/meta-data
  tr -d '{}"' <"$seed/openstack/latest/meta_data.json" | tr ',' '\n' |
    sed -e 's/^ *//' -e 's/^hostname:/local-hostname: /' -e 's/^uuid:/instance-id: /' >$meta_data
  network_data=$seed/openstack/latest/network_data.json
fi

# value FILE KEY: a top-level scalar, without quotes.
value() {
  sed -n "s/^$2:[[:space:]]*//p" "$1" 2>/dev/null | head -n 1 |
    sed -e 's/[[:space:]]*$//' -e 's/^"\(.*\)"$/\1/' -e "s/^'\(.*\)'\$/\1/"
}

# items FILE KEY: the entries of a top-level list, one on each line; [a, b] becomes "a b".
items() {
  awk -v key="$2" '
    $0 ~ "^" key ":[[:space:]]*$" { inside = 1; next }
    /^[^[:space:]#-]/ { inside = 0 }
    inside && match($0, /^[[:space:]]*-[[:space:]]+/) {
      text = substr($0, RLENGTH + 1)
      if (text ~ /^\[.*\]$/) { text = substr(text, 2, length(text) - 2); gsub(/,[[:space:]]*/, " ", text) }
      else if (text ~ /^".*"$/ || text ~ /^\047.*\047$/) text = substr(text, 2, length(text) - 2)
      print text
    }' "$1" 2>/dev/null
}

# Network data of version 2: "ethernets:" with interfaces that have "addresses:" (a list on the
# same line or below), "gateway4:" and "dhcp4:". Makes a script for each interface.
apply_network() {
  awk '
    function address(text) {
      gsub(/[][",\047]/, " ", text)
      count = split(text, parts, /[[:space:]]+/)
      for (i = 1; i <= count; i++) if (parts[i] ~ /^[0-9.]+\/[0-9]+$/)
        script[name] = script[name] "ip addr add " parts[i] " dev " name "\n"
    }
    /^[[:space:]]*(#|$)/ { next }
    { match($0, /^[[:space:]]*/); depth = RLENGTH }
    /^[[:space:]]*ethernets:/ { inside = 1; base = depth; level = -1; next }
    inside && depth <= base { inside = 0 }
    !inside { next }
    level < 0 { level = depth }
    depth == level { name = $1; sub(/:$/, "", name); script[name] = ""; listed = 0; next }
    /addresses:/ { listed = 1; list = depth; address($0); next }
    /^[[:space:]]*-/ && listed && depth >= list { address($0); next }
    { listed = 0 }
    /gateway4:/ { gateway[name] = $2 }
    /dhcp4:[[:space:]]*(true|yes|on)/ { automatic[name] = 1 }
    END {
      for (name in script) {
        if (script[name] == "" || automatic[name]) continue
        file = "/run/network/" name
        printf "%s", script[name] >file
        if (gateway[name]) print "ip route replace default via " gateway[name] " dev " name >file
        print "true" >file
        close(file)
      }
    }
  ' "$network_data" 2>/dev/null
  echo "cloud-init: network data for $(ls /run/network | tr '\n' ' ')"
}

if [ "$1" = network ]; then
  [ -f "$network_data" ] && apply_network
  umount "$seed"
  exit 0
fi

set_password() {
  hash=$(mkpasswd -m sha256 "$2")
  sed -i "s|^$1:[^:]*:|$1:$hash:|" /etc/passwd
}

name=$(value "$user_data" hostname)
[ -n "$name" ] || name=$(value "$user_data" fqdn)
[ -n "$name" ] || name=$(value "$meta_data" local-hostname)
if [ -n "$name" ]; then
  hostname "${name%%.*}"
  echo "127.0.1.1 $name ${name%%.*}" >>/etc/hosts
fi

user=$(value "$user_data" user)
if [ -n "$user" ] && [ "$user" != root ]; then
  echo "$user:!:1000:100:$user:/home/$user:/bin/sh" >>/etc/passwd
  mkdir -p "/home/$user"
  chown 1000:100 "/home/$user"
fi
password=$(value "$user_data" password)
if [ -n "$password" ]; then
  set_password "${user:-root}" "$password"
  echo "cloud-init: password set for ${user:-root}"
fi

keys=$(items "$user_data" ssh_authorized_keys)
if [ -n "$keys" ]; then
  home=/root
  [ -n "$user" ] && [ "$user" != root ] && home=/home/$user
  mkdir -p "$home/.ssh"
  echo "$keys" >"$home/.ssh/authorized_keys"
  chmod 700 "$home/.ssh"
  chmod 600 "$home/.ssh/authorized_keys"
  chown -R "${user:-root}" "$home/.ssh"
fi

# write_files: "path:" and a literal block "content: |" in each entry.
awk '
  /^write_files:/ { inside = 1; next }
  /^[^[:space:]#-]/ { inside = 0 }
  !inside { next }
  /^[[:space:]]*(-[[:space:]]+)?path:/ { path = $NF; block = 0; next }
  /^[[:space:]]*(-[[:space:]]+)?content:[[:space:]]*\|/ { block = 1; indent = -1; next }
  block {
    match($0, /^[[:space:]]*/)
    if (indent < 0) indent = RLENGTH
    if ($0 != "" && RLENGTH < indent) { block = 0; next }
    text[path] = text[path] substr($0, indent + 1) "\n"
  }
  END { for (path in text) { printf "%s", text[path] > path; close(path) } }
' "$user_data" 2>/dev/null

instance=$(value "$meta_data" instance-id)
if [ "$instance" != "$(cat /data/.instance-id 2>/dev/null)" ]; then
  echo "$instance" >/data/.instance-id
  if head -n 1 "$user_data" 2>/dev/null | grep -q '^#!'; then
    sh "$user_data"
  else
    items "$user_data" runcmd >/run/runcmd
    sh /run/runcmd
  fi
fi
umount "$seed"
echo "cloud-init: $source data applied from $device"
