package rules

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLoadEmbedded(t *testing.T) {
	files, err := Load("", "northd")
	require.NoError(t, err)
	require.Greater(t, len(files), 2)
	require.Equal(t, "schema/nb.mg", files[0].Path)
	require.Equal(t, "schema/ovs.mg", files[1].Path)
	require.True(t, Shared(files[0].Path))
	for i, f := range files[6:] {
		require.False(t, Shared(f.Path))
		require.NotEmpty(t, f.Text)
		require.True(t, i == 0 || files[i+5].Path < f.Path, f.Path)
	}
}

func TestLoadFolder(t *testing.T) {
	folder := t.TempDir()
	put := func(name, text string) {
		path := filepath.Join(folder, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	_, err := Load(folder, "northd")
	require.ErrorContains(t, err, "no rules for northd in "+folder)
	put("northd/readme.txt", "")
	_, err = Load(folder, "northd")
	require.ErrorContains(t, err, "holds no .mg file")
	put("northd/b.mg", "b")
	put("northd/a/z.mg", "z")
	files, err := Load(folder, "northd")
	require.NoError(t, err)
	require.Equal(t, "schema/ovs.mg", files[1].Path, "the embedded declarations")
	require.Equal(t, []File{{"northd/a/z.mg", []byte("z")}, {"northd/b.mg", []byte("b")}}, files[6:])
	put("schema/x.mg", "x")
	files, err = Load(folder, "northd")
	require.NoError(t, err)
	require.Equal(t, File{"schema/x.mg", []byte("x")}, files[0])
	require.Len(t, files, 6)
}
