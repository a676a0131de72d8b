#!/bin/sh
# Installs Debian's OVN and Open vSwitch, which the tests use as servers, clients and oracle, and ip
# for network namespaces.
# Does nothing if they are there; says what is missing if it may not install them.
set -eu
packages="ovn-central ovn-host openvswitch-switch openvswitch-common ovn-common iproute2"
complete=yes
for tool in ovsdb-server ovsdb-tool ovsdb-client ovs-appctl ovs-vswitchd ovs-ofctl \
	ovn-northd ovn-nbctl ovn-sbctl ovn-trace ovn-controller ip; do
	PATH="$PATH:/usr/sbin:/sbin" command -v "$tool" >/dev/null 2>&1 || complete=no
done
[ "$complete" = no ] || exit 0
as_root=
if [ "$(id -u)" != 0 ]; then
	command -v sudo >/dev/null 2>&1 && as_root=sudo
fi
if ! command -v apt-get >/dev/null 2>&1 || { [ "$(id -u)" != 0 ] && [ -z "$as_root" ]; }; then
	echo "The tests need OVN 23.03 and Open vSwitch 3.1 (Debian packages: $packages)." >&2
	echo "Install them, or run make test as root or with sudo on Debian 12." >&2
	exit 1
fi
echo "Installing $packages"
$as_root apt-get update -q >/dev/null
# The tests start private servers of their own; the packages' services are not needed.
$as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
	apt-get install -y -q --no-install-recommends $packages >/dev/null
