#!/bin/bash
# Builds the Python that the Linux folder carries, inside a Debian 11 root and for nothing newer than glibc 2.28
# (Kylin V10 has 2.31, UOS 20 has 2.28). CPython with tkinter and four libraries, from Debian 12's sources with
# Debian's security patches.
#
#   chroot ROOT bash runtime.sh x86_64      /opt/x86_64/python and /opt/x86_64/floor
#   chroot ROOT bash runtime.sh aarch64     the same, cross-built; x86_64 must have been built before
#
# The environment says where Debian's archive is: DEBIAN_MIRROR.
set -euo pipefail
arch=$1
prefix=/opt/$arch/python floor=/opt/$arch/floor work=/build/$arch
native=x86_64
patience="$(nproc)"

# What the old root lacks: Debian 12's sources and the archive's packages of the other machine.
tools() {
  local suffix='' packages=(build-essential dpkg-dev autoconf tcl patch)
  if [ "$arch" != "$native" ]; then
    suffix=:arm64
    dpkg --add-architecture arm64
    packages+=(gcc-aarch64-linux-gnu libc6-dev-arm64-cross)
  fi
  local library
  for library in libffi-dev zlib1g-dev libbz2-dev liblzma-dev libsqlite3-dev tk-dev tcl-dev; do
    packages+=("$library$suffix")
  done
  echo "deb-src $DEBIAN_MIRROR bookworm main" > /etc/apt/sources.list.d/sources.list
  apt-get -qq update
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${packages[@]}" > /dev/null
}

# Sources, unpacked under $work with Debian's own patches (CPython's are chosen by hand below).
sources() {
  mkdir -p /build/sources "$work" "$floor"
  cd /build/sources
  apt-get -qq source --download-only python3.11 sqlite3 libpng1.6 tcl8.6 tk8.6
  local name
  for name in sqlite3 libpng1.6 tcl8.6 tk8.6; do
    rm -rf "${work:?}/$name"
    dpkg-source --no-check -x "$name"_*.dsc "$work/$name" > /dev/null 2>&1
  done
  rm -rf "$work/python"
  dpkg-source --no-check --skip-patches -x python3.11_*.dsc "$work/python" > /dev/null 2>&1
}

# glibc 2.29 gave these functions new versions that differ only in how an overflow is told; the old ones stay there.
floor_header() {
  local old=GLIBC_2.2.5 function
  [ "$arch" = aarch64 ] && old=GLIBC_2.17
  {
    echo '#ifndef __ASSEMBLER__'
    for function in exp exp2 log log2 pow; do
      echo "__asm__(\".symver $function,$function@$old\");"
    done
    echo '#endif'
  } > "$work/floor.h"
  flags="-O2 -g0 -fPIC -include $work/floor.h"
}

cross() {
  if [ "$arch" = "$native" ]; then
    triple=x86_64-linux-gnu compiler=gcc options=()
  else
    triple=aarch64-linux-gnu compiler=aarch64-linux-gnu-gcc
    options=(--build=x86_64-linux-gnu --host=$triple)
  fi
}

# The dynamic libraries of Debian 11 that ask for glibc 2.29 (and an SQLite that can deserialize).
libraries() {
  cd "$work/sqlite3"
  [ -f sqlite3.c ] || { ./configure -q > configure.log 2>&1; make -s sqlite3.c > make.log 2>&1; }
  # shellcheck disable=SC2086
  $compiler -shared $flags -DSQLITE_ENABLE_DESERIALIZE -DSQLITE_ENABLE_COLUMN_METADATA \
    -Wl,-soname,libsqlite3.so.0 sqlite3.c -o "$floor/libsqlite3.so.0" -lpthread -ldl -lm

  cd "$work/libpng1.6"
  CFLAGS="$flags" ./configure -q --enable-shared --disable-static "${options[@]}" > configure.log 2>&1
  make -s -j"$patience" libpng16.la > make.log 2>&1
  cp -L .libs/libpng16.so.16 "$floor/"

  local name
  for name in tcl8.6 tk8.6; do
    cd "$work/$name/unix"
    [ -x configure ] || autoconf
    local include=''
    [ "$name" = tk8.6 ] && include="-I$work/tcl8.6/generic -I$work/tcl8.6/unix"
    CFLAGS="$flags $include" tcl_cv_strtod_buggy=ok ./configure -q --enable-shared --prefix=/usr "${options[@]}" \
      $([ "$name" = tk8.6 ] && echo "--with-tcl=$work/tcl8.6/unix") > configure.log 2>&1
    make -s -j"$patience" "lib$name.so" > make.log 2>&1
    cp -L "lib$name.so" "$floor/"
  done
}

# Debian's patches against known holes; one that does not apply by itself is named, not forced.
patches() {
  cd "$work/python"
  grep -E '^(CVE|000)' debian/patches/series | while read -r name; do
    if patch -s -p1 --dry-run < "debian/patches/$name" > /dev/null 2>&1; then
      patch -s -p1 --no-backup-if-mismatch < "debian/patches/$name"
    else
      echo "left out: $name"
    fi
  done
  # One of them uses an internal header without saying so, and make would only leave the module out.
  sed -i '1i #define Py_BUILD_CORE_MODULE 1' Modules/pyexpat.c
}

python() {
  cd "$work/python"
  export ac_cv_func_sem_clockwait=no # asks for glibc 2.30
  if [ "$arch" != "$native" ]; then
    export ac_cv_file__dev_ptmx=yes ac_cv_file__dev_ptc=no ac_cv_buggy_getaddrinfo=no # cannot be tried here
    export CC=$compiler AR=$triple-ar READELF=$triple-readelf
    options+=("--with-build-python=/opt/$native/python/bin/python3.11")
  fi
  ./configure -q --prefix="$prefix" --enable-shared --without-static-libpython --disable-test-modules \
    --without-ensurepip "${options[@]}" CFLAGS="-O2 -g0 -include $work/floor.h" \
    LDFLAGS='-Wl,-rpath,\$$ORIGIN/../lib' > configure.log 2>&1
  make -s -j"$patience" > make.log 2>&1
  rm -rf "$prefix"
  make -s install > install.log 2>&1
}

# What a clerk's desktop never uses: tests, headers, editors; nis alone would bring Kerberos along.
slim() {
  cd "$prefix"
  local strip=$triple-strip
  "$strip" lib/libpython3.*.so.1.0 bin/python3.11 lib/python3.11/lib-dynload/*.so "$floor"/*
  rm -f lib/python3.11/lib-dynload/{nis,ossaudiodev,spwd}.*.so
  rm -rf share include lib/pkgconfig lib/libpython3.so bin/*config* bin/idle* bin/2to3* bin/pydoc*
  cd lib/python3.11
  rm -rf test idlelib lib2to3 ensurepip turtledemo turtle.py config-3.11* tkinter/test unittest/test \
    distutils/tests ctypes/test sqlite3/test lib2to3/tests
  find "$prefix" -name __pycache__ -prune -exec rm -rf {} +
}

# make leaves out what it cannot build and still succeeds: every module that the product needs is looked for.
complete() {
  local module
  for module in zlib _bz2 _lzma _ctypes _sqlite3 pyexpat _tkinter _decimal; do
    ls "$prefix"/lib/python3.11/lib-dynload/"$module".*.so > /dev/null
  done
  [ "$arch" != "$native" ] || "$prefix/bin/python3.11" -I -c 'import sqlite3, ctypes, pyexpat, tkinter'
}

cross
tools
sources
floor_header
libraries
patches
python
slim
complete
